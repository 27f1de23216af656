"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { CartChange } from "#contracts/shop/cart.ts";
import { Alert } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { formatMoney } from "#ui/format.ts";

type CartChangesProps = {
  changes: readonly CartChange[];
  /** Sets these lines, which are then seen as they are. */
  accept: (quantities: ReadonlyMap<string, number>) => void;
  quantityOf: (variantId: string) => number;
  isBusy: boolean;
  currency: string;
  locale: string;
  merchantLocale: string;
  /** It came after a press, which waits for an answer. */
  takesFocus?: boolean;
};

/** What is no longer as the customer saw it. Nothing is paid before they have accepted it. */
export function CartChanges(props: CartChangesProps) {
  const { changes, currency, locale, merchantLocale, takesFocus = false } = props;
  const t = useTranslations("shopCart.changes");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  return (
    <Alert ref={box} tone="warn" role="alert" tabIndex={-1} title={t("title")} data-testid="cart-changes" className="outline-none">
      <ul className="list-disc space-y-1.5 pl-5">
        {changes.map((change) => (
          <li key={`${change.kind} ${change.variantId}`} data-kind={change.kind}>
            <span lang={merchantLocale} className="block font-medium">
              {change.productTitle}
              {change.variantTitle && ` (${change.variantTitle})`}
            </span>
            <span className="block first-letter:uppercase">{wordsOf(change)}</span>
          </li>
        ))}
      </ul>
      <Button
        data-testid="accept-changes"
        busyText={props.isBusy ? t("accepting") : undefined}
        onClick={() => props.accept(accepted(props))}
      >
        {t("accept")}
      </Button>
    </Alert>
  );

  function wordsOf(change: CartChange): string {
    switch (change.kind) {
      case "price":
        return t("price", { before: money(change.beforeMinor), now: money(change.nowMinor) });
      case "stock":
        return change.available === 0 ? t("soldOut") : t("stock", { wanted: change.wanted, available: change.available });
      case "gone":
        return t("gone");
      default:
        return change satisfies never;
    }
  }
}

/** What cannot be had is taken out. */
function accepted({ changes, quantityOf }: Pick<CartChangesProps, "changes" | "quantityOf">): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const change of changes) {
    const { variantId } = change;
    if (change.kind === "gone") quantities.set(variantId, 0);
    else if (change.kind === "stock") quantities.set(variantId, change.available);
    else if (!quantities.has(variantId)) quantities.set(variantId, quantityOf(variantId));
  }
  return quantities;
}
