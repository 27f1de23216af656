"use client";

import { useTranslations } from "next-intl";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { formatMoney } from "#ui/format.ts";

type OrderRefundProps = { state: OrderSessionState; amount: string; locale: string; stands?: boolean; className?: string };

/** Why money goes back, how much of it, and how far it is. `amount`: what the order costs. */
export function OrderRefund({ state, amount, locale, stands = false, className }: OrderRefundProps) {
  const t = useTranslations("shopOrder.refund");
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
