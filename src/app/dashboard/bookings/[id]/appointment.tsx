import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { formatPeriod, formatShort, zoneName } from "#ui/format.ts";
import { Facts, Panel } from "./panel.tsx";

type Given = { booking: DeskBooking; locale: string };

/** When, what, with whom and where. */
export function Appointment({ booking, locale }: Given) {
  const t = useTranslations("booking.appointment");
  const { start, end, timezone, customerTimezone, service, professional, status, link, campaign } = booking;
  const moment = (instant: string) => formatShort({ instant, locale, timezone });
  const inZone = (zone: string) => (
    <>
      {formatPeriod({ start, end, locale, timezone: zone })}{" "}
      <span className="text-muted">({zoneName({ timezone: zone, locale, at: start })})</span>
    </>
  );
  const source = [link.name, ...Object.values(campaign ?? {})].join(" · ");
  return (
    <Panel id="appointment" title={t("title")}>
      <Facts
        lines={[
          { name: t("when"), value: inZone(timezone) },
          isElsewhere(booking) && customerTimezone !== null && { name: t("theirTime"), value: inZone(customerTimezone) },
          { name: t("service"), value: service.name },
          { name: t("professional"), value: professional.name },
          service.online
            ? { name: t("room"), value: <Room booking={booking} /> }
            : { name: t("place"), value: <Where booking={booking} /> },
          { name: t("booked"), value: moment(booking.createdAt) },
          status === "pending" && { name: t("payUntil"), value: moment(booking.holdEndsAt) },
          booking.reference !== null && { name: t("reference"), value: <code className="break-all text-sm">{booking.reference}</code> },
          { name: t("link"), value: <LinkName source={source} /> },
        ]}
      />
    </Panel>
  );
}

function LinkName({ source }: { source: string }) {
  return (
    <Link href="/dashboard/links" prefetch={false} className="text-brand-ink underline underline-offset-4">
      <bdi>{source}</bdi>
    </Link>
  );
}

/** Another clock than the merchant's, not merely another name for the same. */
function isElsewhere({ customerTimezone, timezone, start }: DeskBooking): boolean {
  if (customerTimezone === null) return false;
  const at = (zone: string) => formatShort({ instant: start, locale: "en", timezone: zone });
  return at(customerTimezone) !== at(timezone);
}

function Where({ booking: { place } }: Pick<Given, "booking">) {
  const t = useTranslations("booking.appointment");
  if (!place) return <span className="text-muted">{t("noPlace")}</span>;
  return <>{[place.name, place.address].filter(Boolean).join(", ")}</>;
}

function Room({ booking: { roomUrl } }: Pick<Given, "booking">) {
  const t = useTranslations("booking.appointment");
  return roomUrl ? <span className="break-all text-sm">{roomUrl}</span> : <span className="text-muted">{t("noRoom")}</span>;
}
