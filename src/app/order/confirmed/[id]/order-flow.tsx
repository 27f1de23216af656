"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { forgetKeptValues } from "#app/shop/[tenant]/checkout/use-kept-values.ts";
import { cartAddress, type OwnOrder, shopAddress } from "#app/shop/address.ts";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { buttonStyles } from "#ui/button.tsx";
import { usePageTitle } from "#ui/focus/use-page-title.ts";
import { secondsUntil } from "#ui/server-time.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import { Countdown } from "#ui/wizard/countdown.tsx";
import { forgetDocument } from "#ui/wizard/kept-document.ts";
import { Returning } from "#ui/wizard/returning.tsx";
import { useReturn } from "#ui/wizard/use-return.ts";
import { BackToCart } from "./back-to-cart.tsx";
import { LeftToChoose } from "./left-to-choose.tsx";
import { OrderHeadline } from "./order-headline.tsx";
import { isWaiting, type OrderView, viewOf } from "./order-view.ts";
import { wordsFor } from "./order-words.ts";
import { PaidOrder } from "./paid-order.tsx";
import { RetryOrder } from "./retry-order.tsx";
import { SoldSummary } from "./sold-summary.tsx";
import { useOrderState } from "./use-order-state.ts";

export type OrderFlowProps = {
  order: OwnOrder;
  initial: OrderSessionState;
  offers: readonly PaymentOffer[];
  locale: string;
  merchantLocale: string | undefined;
  amount: string;
  renderedAt: number;
  /** A customer who has just paid is sent back to the merchant's own page. */
  isSentOn: boolean;
};

const lateAfterMs = 20_000;
/** After these the cart is as it was. */
const ends: readonly OrderView[] = ["expired", "failed", "refunded", "left"];

export function OrderFlow(props: OrderFlowProps) {
  const { order, renderedAt, amount, locale, merchantLocale } = props;
  const t = useTranslations("shopOrder");
  const [state, showState] = useOrderState(order, props.initial);
  const isLate = useIsLate(state.checkoutStatus === "pending");
  const hasTimeLeft = secondsUntil(state.expiresAt, useServerTime(renderedAt)) > 0;
  const view = viewOf(state, { isLate, hasTimeLeft });
  const waits = isWaiting(view) && hasTimeLeft;
  const canPayAgain = waits && view !== "confirming" && state.totalMinor > 0 && props.offers.length > 0;
  const stands = view === "paid" || view === "reversed" || view === "cancelled";
  useEffect(() => {
    if (!stands) return;
    forgetKeptValues(state.shop);
    forgetDocument();
  }, [stands, state.shop]);
  const { returnUrl, returnSeconds: seconds, shopName: tenant } = state;
  const { left, stay } = useReturn({ checkoutId: order.id, returnUrl: props.isSentOn && view === "paid" ? returnUrl : null, seconds });
  usePageTitle(
    `${t(`${wordsFor(view, state)}.title`, { name: state.customerName, number: state.order?.number ?? 0, amount })} · ${tenant}`,
  );

  return (
    <>
      <p role="status" className="sr-only">
        {left !== null && `${t("returning", { tenant, seconds })} ${t("stayHint")}`}
      </p>
      {left !== null && returnUrl && (
        <Returning
          returnUrl={returnUrl}
          words={{
            label: t("returnLabel"),
            text: t("returning", { tenant, seconds: left }),
            stay: t("stay"),
            now: t("next.return", { tenant }),
          }}
          onStay={stay}
        />
      )}
      <div data-testid="order-state" data-state={view} className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="space-y-6">
          <OrderHeadline view={view} state={state} amount={amount} locale={locale} change={`${view} ${left !== null}`} />
          {waits && <Countdown look={view === "declined" ? "bar" : "small"} expiresAt={state.expiresAt} renderedAt={renderedAt} />}
          {canPayAgain && <RetryOrder {...{ order, amount, locale, view }} amountMinor={state.totalMinor} offers={props.offers} />}
          {waits && <BackToCart order={order} slug={state.shop} onCancelled={showState} />}
          {stands && view !== "cancelled" && <PaidOrder {...{ order, state, amount, locale, merchantLocale }} isLeaving={left !== null} />}
          {view === "taken" && <LeftToChoose state={state} />}
          {ends.includes(view) && (
            <a href={cartAddress(state.shop)} data-testid="to-cart" className={buttonStyles()}>
              {t("toCart")}
            </a>
          )}
          {view === "cancelled" && (
            <a href={shopAddress(state.shop)} className={buttonStyles({ look: "outline" })}>
              {t("next.toShop")}
            </a>
          )}
        </div>
        <SoldSummary
          state={state}
          locale={locale}
          merchantLocale={merchantLocale}
          money={view === "paid" ? "paid" : waits ? "due" : "past"}
        />
      </div>
    </>
  );
}

/** Turns true when "we are confirming" has been shown for so long that the customer may wonder. */
function useIsLate(isPending: boolean): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setIsLate(true), lateAfterMs);
    return () => clearTimeout(timer);
  }, [isPending]);
  return isLate;
}
