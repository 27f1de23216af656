"use client";

import { useTranslations } from "next-intl";
import { cartAddress, shopAddress } from "#app/shop/address.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";

/** What is still there of what was sold out while paying, and the way to choose again. */
export function LeftToChoose({ state }: { state: OrderSessionState }) {
  const t = useTranslations("shopOrder.leftOver");
  const lines = state.cartItems.map((line) => ({ line, left: state.left.find(({ variantId }) => variantId === line.variantId) }));
  return (
    <Card className="space-y-4" data-testid="left-to-choose" aria-labelledby="left-to-choose">
      <h2 id="left-to-choose" className="font-semibold text-lg">
        {t("title")}
      </h2>
      <ul className="space-y-1.5">
        {lines.map(({ line, left }) => (
          <li key={line.variantId} className="flex justify-between gap-4">
            <span className="min-w-0">
              {line.title}
              {line.variantTitle && <span className="text-muted"> · {line.variantTitle}</span>}
            </span>
            <span className="shrink-0 font-medium">{wordsOf(left?.available, line.quantity)}</span>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <a href={cartAddress(state.shop)} className={buttonStyles()}>
          {t("toCart")}
        </a>
        <a href={shopAddress(state.shop)} className={buttonStyles({ look: "outline" })}>
          {t("toShop")}
        </a>
      </div>
    </Card>
  );

  function wordsOf(available: number | null | undefined, wanted: number): string {
    if (available === undefined) return t("gone");
    if (available === null || available >= wanted) return t("there");
    return available === 0 ? t("soldOut") : t("some", { left: available, wanted });
  }
}
