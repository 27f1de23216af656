import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Badge } from "#ui/badge.tsx";
import { formatMoney, formatShort } from "#ui/format.ts";

const looks: Record<NonNullable<DeskBooking["outsideRefunds"]>[number]["state"], string> = {
  pending: "bg-warn-soft text-warn",
  short_of_balance: "bg-warn-soft text-warn",
  done: "bg-good-soft text-good",
  failed: "bg-bad-soft text-bad",
};

/** What somebody sent back in the provider's own panel. */
export function OutsideRefunds({
  booking: { outsideRefunds, timezone },
  locale,
}: {
  booking: Pick<DeskBooking, "outsideRefunds" | "timezone">;
  locale: string;
}) {
  const t = useTranslations("booking.money");
  if (!outsideRefunds || outsideRefunds.length === 0) return null;
  return (
    <>
      <h3 className="font-semibold">{t("outside")}</h3>
      <ul className="space-y-3">
        {outsideRefunds.map(({ id, amountMinor, currency, state, at, providerRefundId }) => (
          <li key={id} className="rounded-xl border border-line p-4 text-sm" data-testid="outside-refund" data-state={state}>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <strong className="font-semibold">{formatMoney({ amountMinor, currency, locale })}</strong>
              <Badge className={looks[state]}>{t(`outsideState.${state}`)}</Badge>
              <span className="text-muted">{formatShort({ instant: at, locale, timezone })}</span>
            </p>
            <p className="mt-1 break-all text-muted">
              <code>{providerRefundId}</code>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
