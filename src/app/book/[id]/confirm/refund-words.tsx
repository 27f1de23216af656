"use client";

import { useTranslations } from "next-intl";
import type { BookingState } from "#contracts/checkout.ts";
import { formatMoney } from "#ui/format.ts";

type RefundWordsProps = { state: BookingState; amount: string; locale: string; isBooked?: boolean; className?: string };

/** Why money goes back, how much of it, and how far it is. `amount`: what the booking costs. */
export function RefundWords({ state, amount, locale, isBooked = false, className }: RefundWordsProps) {
  const t = useTranslations("confirm.refund");
  const { refund } = state;
  if (!refund) return null;
  const values = { refunded: formatMoney({ ...refund, locale }), amount, email: state.customerEmail };
  return (
    <div className={className} data-testid="refund">
      <p>
        {t(refund.reason, values)} {isBooked && t("staysBooked")}
      </p>
      <p>{t(refund.state === "done" ? "done" : "underWay", values)}</p>
      <p data-testid="refund-number">
        {t.rich("number", {
          number: refund.number,
          strong: (words) => <strong className="whitespace-nowrap tabular-nums">{words}</strong>,
        })}
      </p>
    </div>
  );
}
