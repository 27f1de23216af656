import { CalendarHeart } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { BookingSight } from "#contracts/caller.ts";
import type { BookingRow } from "#contracts/desk/bookings-list.ts";
import { loadComing } from "#queries/desk/today.ts";
import { Badge } from "#ui/badge.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { formatMoney, formatTime } from "#ui/format.ts";
import { RowKeys } from "../bookings/row-keys.tsx";
import { RowAttendance } from "./row-attendance.tsx";

type ComingProps = {
  tenantId: string;
  sight: BookingSight;
  day: string;
  timezone: string;
  locale: string;
  now: number;
  mayAttend: boolean;
  isStaff: boolean;
};

/** Who comes today, with who is next, what is left to pay, and one press for whoever has come. */
export async function Coming({ now, mayAttend, isStaff, locale, ...wanted }: ComingProps) {
  const t = await getTranslations("today");
  const { bookings, more } = await loadComing(wanted);
  const { timezone, day } = wanted;
  if (bookings.length === 0) return <Empty icon={CalendarHeart} title={t("quiet")} text={t(isStaff ? "quietStaff" : "quietText")} />;
  const next = bookings.find(({ endsAt, attendance }) => Date.parse(endsAt) > now && attendance === null);
  const left = bookings.filter(({ startsAt, attendance }) => Date.parse(startsAt) > now && attendance === null).length + more;
  const time = (instant: string) => formatTime({ instant, locale, timezone });
  return (
    <section aria-labelledby="who" className="space-y-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="who" className="font-semibold text-lg">
          {t("who")}
        </h2>
        <p className="text-muted">{t("left", { count: left })}</p>
      </div>
      <p className="rounded-xl bg-brand-soft px-4 py-3 text-brand-ink" data-testid="next">
        {next
          ? t(Date.parse(next.startsAt) <= now ? "now" : "nextAt", { when: time(next.startsAt), customer: next.customer.name })
          : t("nothingNext")}
      </p>
      <RowKeys>
        <ul className="space-y-3" data-testid="today">
          {bookings.map((booking) => (
            <Row key={booking.id} booking={booking} isNext={booking === next} {...{ timezone, locale, mayAttend, isStaff }} />
          ))}
        </ul>
      </RowKeys>
      {more > 0 && (
        <Link href={`/dashboard/bookings?from=${day}&to=${day}&order=soonest`} className={buttonStyles({ look: "quiet" })}>
          {t("more", { count: more })}
        </Link>
      )}
    </section>
  );
}

type RowProps = { booking: BookingRow; isNext: boolean; timezone: string; locale: string; mayAttend: boolean; isStaff: boolean };

function Row({ booking, isNext, timezone, locale, mayAttend, isStaff }: RowProps) {
  const { id, startsAt, endsAt, customer, service, professional, attendance } = booking;
  const time = (instant: string) => formatTime({ instant, locale, timezone });
  return (
    <li
      data-row={id}
      data-next={isNext || undefined}
      className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-2xl border border-line bg-card p-4 data-next:border-brand data-next:border-2"
    >
      <p className="w-24 shrink-0 tabular-nums">
        <time dateTime={startsAt} className="block font-semibold">
          {time(startsAt)}
        </time>
        <span className="text-muted text-sm">{time(endsAt)}</span>
      </p>
      <div className="min-w-40 grow basis-0">
        <Link
          href={`/dashboard/bookings/${id}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center break-words font-semibold underline-offset-4 hover:underline"
        >
          <bdi>{customer.name}</bdi>
        </Link>
        <p className="text-muted text-sm">
          {service.name}
          {!isStaff && ` · ${professional.name}`}
        </p>
        {customer.phone && <p className="text-muted text-sm">{customer.phone}</p>}
      </div>
      <Rest booking={booking} locale={locale} />
      <RowAttendance id={id} attendance={attendance} mayAttend={mayAttend} name={customer.name} />
    </li>
  );
}

/** What the customer still owes at the place. */
function Rest({ booking: { amountMinor, openMinor, currency }, locale }: { booking: BookingRow; locale: string }) {
  const t = useTranslations("today");
  if (amountMinor === 0) return <Badge>{t("free")}</Badge>;
  if (openMinor > 0)
    return (
      <Badge className="bg-warn-soft text-warn">{t("rest", { amount: formatMoney({ amountMinor: openMinor, currency, locale }) })}</Badge>
    );
  return <Badge className="bg-good-soft text-good">{t("isPaid")}</Badge>;
}
