"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { cartAddress, checkoutAddress } from "#app/shop/address.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { OpenOrder } from "../cart/open-order.tsx";
import { CheckoutForm } from "./checkout-form.tsx";
import type { CheckoutFlowProps } from "./checkout-props.ts";
import { useQuote } from "./use-quote.ts";

export function CheckoutFlow(props: CheckoutFlowProps) {
  const t = useTranslations("shopCheckout");
  const own = useQuote(props.initial);
  const { cart, shipping, shop } = own.quote;
  const isOver = cart.order !== null || (cart.lines.length === 0 && cart.changes.length === 0);
  // Everything was sold, or another tab has paid.
  useEffect(() => {
    if (isOver) window.location.assign(cartAddress(shop.slug));
  }, [isOver, shop.slug]);
  // A reload finds the same way of delivery.
  useEffect(() => {
    if (shipping) window.history.replaceState(null, "", `${checkoutAddress(shop.slug)}?${new URLSearchParams({ shipping })}`);
  }, [shipping, shop.slug]);
  return (
    <>
      <FocusHeading className="font-bold text-3xl">{t("title")}</FocusHeading>
      {cart.paying && <OpenOrder paying={cart.paying} renderedAt={props.renderedAt} />}
      <CheckoutForm {...props} own={own} />
    </>
  );
}
