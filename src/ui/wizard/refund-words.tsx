"use client";

import { useTranslations } from "next-intl";
import type { BookingState } from "#contracts/checkout.ts";
import { formatMoney } from "#ui/format.ts";

type RefundWordsProps = {
  /** Of a booking, or of an order with the words of orders. */
  state: Pick<BookingState, "refund" | "customerEmail">;
  words: "confirm.refund" | "shopOrder.refund";
  amount: string;
  locale: string;
  /** What was bought stays the customer's. */
  stands?: boolean;
  className?: string;
};

/** Why money goes back, how much of it, and how far it is. `amount`: what was to be paid. */
export function RefundWords({ state, words, amount, locale, stands = false, className }: RefundWordsProps) {
  const t = useTranslations(words);
  const { refund } = state;
  if (!refund) return null;
  const values = { refunded: formatMoney({ ...refund, locale }), amount, email: state.customerEmail };
  return (
    <div className={className} data-testid="refund">
      <p>
        {t(refund.reason, values)} {stands && t("stands")}
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
