import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Customer } from "#contracts/customers/customers.ts";
import { customerBookingsMax } from "#contracts/customers/limits.ts";
import { formatPrice, formatShort } from "#ui/format.ts";
import { Panel } from "../../bookings/[id]/panel.tsx";
import { StatusBadge } from "../../bookings/booking-facts.tsx";

/** All their appointments, the latest first. */
export function Bookings({ customer, locale }: { customer: Customer; locale: string }) {
  const t = useTranslations("customers.history");
  const words = useTranslations("booking");
  const { bookings, timezone } = customer;
  return (
    <Panel id="history" title={t("title")}>
      {bookings.length === 0 && <p className="text-muted">{t("empty")}</p>}
      <ul className="divide-y divide-line empty:hidden">
        {bookings.map((booking) => (
          <li key={booking.id} data-testid="booking" className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3">
            <div className="min-w-0">
              <Link
                href={`/dashboard/bookings/${booking.id}`}
                prefetch={false}
                className="inline-flex min-h-11 items-center font-semibold underline-offset-4 hover:underline sm:min-h-0"
              >
                <time dateTime={booking.startsAt}>{formatShort({ instant: booking.startsAt, locale, timezone })}</time>
              </Link>
              <p className="text-muted text-sm">
                {booking.service} · {booking.professional}
              </p>
            </div>
            <div className="flex flex-wrap items-center gap-2">
              {booking.attendance && <span className="text-muted text-sm">{words(`attendance.${booking.attendance}`)}</span>}
              <StatusBadge status={booking.status} />
              <span className="tabular-nums">
                {formatPrice({ amountMinor: booking.priceMinor, currency: booking.currency, locale, free: t("free") })}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {bookings.length === customerBookingsMax && <p className="text-muted text-sm">{t("more", { count: customerBookingsMax })}</p>}
      <Refunds customer={customer} locale={locale} />
    </Panel>
  );
}

function Refunds({ customer: { refundCases, timezone }, locale }: { customer: Customer; locale: string }) {
  const t = useTranslations("customers.history");
  const words = useTranslations("booking");
  if (!refundCases || refundCases.length === 0) return null;
  return (
    <section aria-labelledby="refunds" data-testid="refunds">
      <h3 id="refunds" className="font-medium">
        {t("refunds")}
      </h3>
      <ul className="mt-2 space-y-2">
        {refundCases.map(({ id, amountMinor, currency, createdAt, isWithdrawn, reason, state }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-4 text-sm">
            <span>
              {formatShort({ instant: createdAt, locale, timezone })} · {words(`refundReason.${reason}`)}
            </span>
            <span className="tabular-nums">
              {formatPrice({ amountMinor, currency, locale, free: "0" })} ·{" "}
              {words(isWithdrawn ? "refundState.withdrawn" : `refundState.${state}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
