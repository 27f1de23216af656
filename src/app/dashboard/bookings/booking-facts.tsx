import { Ban, CircleCheck, CircleDollarSign, CircleX, Clock, Hourglass, type LucideIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { BookingRow } from "#contracts/desk/bookings-list.ts";
import { Badge } from "#ui/badge.tsx";
import { formatMoney, formatPrice, formatTime } from "#ui/format.ts";

export type ListProps = { bookings: BookingRow[]; timezone: string; locale: string };
type Fact = { booking: BookingRow; timezone: string; locale: string };

export const bookingAddress = ({ id }: Pick<BookingRow, "id">): string => `/dashboard/bookings/${id}`;

const looks: Record<BookingRow["status"], { icon: LucideIcon; className: string }> = {
  pending: { icon: Clock, className: "bg-line text-ink" },
  paid: { icon: CircleDollarSign, className: "bg-warn-soft text-warn" },
  confirmed: { icon: CircleCheck, className: "bg-good-soft text-good" },
  failed: { icon: CircleX, className: "bg-bad-soft text-bad" },
  cancelled: { icon: Ban, className: "bg-bad-soft text-bad" },
  expired: { icon: Hourglass, className: "bg-line text-ink" },
};

/** A sign and a word beside the colour, for whoever does not see colours. */
export function StatusBadge({ status }: Pick<BookingRow, "status">) {
  const t = useTranslations("booking.status");
  const { icon: Icon, className } = looks[status];
  return (
    <Badge className={className} data-testid="status" data-status={status}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(status)}
    </Badge>
  );
}

export function StatusBadges({ booking: { status, mode, attendance, paymentStatus } }: { booking: BookingRow }) {
  const t = useTranslations("bookings");
  const words = useTranslations("booking");
  const isUsual = ["pending", "paid", "failed"].includes(paymentStatus);
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <StatusBadge status={status} />
      {mode === "test" && <Badge className="border border-edge bg-transparent text-muted">{t("test")}</Badge>}
      {attendance && <span className="text-muted text-sm">{words(`attendance.${attendance}`)}</span>}
      {!isUsual && <span className="text-muted text-sm">{words(`paymentStatus.${paymentStatus}`)}</span>}
    </span>
  );
}

export function BookingDate({ booking: { startsAt }, timezone }: Pick<Fact, "booking" | "timezone">) {
  const format = useFormatter();
  const shown = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: timezone } as const;
  return <time dateTime={startsAt}>{format.dateTime(new Date(startsAt), shown)}</time>;
}

export function BookingTime({ booking: { startsAt }, timezone, locale }: Fact) {
  return <>{formatTime({ instant: startsAt, locale, timezone })}</>;
}

/** The price, and below it what was charged if that is less: a deposit. */
export function Amount({ booking: { amountMinor, chargedMinor, openMinor, currency }, locale }: Omit<Fact, "timezone">) {
  const t = useTranslations("bookings");
  const isPart = chargedMinor !== null && chargedMinor !== amountMinor;
  return (
    <>
      {formatPrice({ amountMinor, currency, locale, free: t("free") })}
      {isPart && (
        <span className="block text-muted text-sm">
          {t("charged", { amount: formatMoney({ amountMinor: chargedMinor, currency, locale }) })}
        </span>
      )}
      {openMinor > 0 && (
        <span className="block font-medium text-sm text-warn">
          {t("open", { amount: formatMoney({ amountMinor: openMinor, currency, locale }) })}
        </span>
      )}
    </>
  );
}
