import { useTranslations } from "next-intl";
import { LineRow } from "#app/shop/line-row.tsx";
import { Totals } from "#app/shop/totals.tsx";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { Card } from "#ui/card.tsx";

type SoldSummaryProps = { state: OrderSessionState; locale: string; merchantLocale: string | undefined; money: "due" | "paid" | "past" };

/** What was frozen with the click on "pay". */
export function SoldSummary({ state, locale, merchantLocale, money }: SoldSummaryProps) {
  const t = useTranslations("shopOrder.summary");
  const { currency } = state;
  return (
    <Card className="space-y-4 sm:p-6" aria-labelledby="sold" data-testid="sold">
      <h2 id="sold" className="font-semibold text-lg">
        {t("title")}
      </h2>
      <ul className="divide-y divide-line">
        {state.cartItems.map((line) => (
          <LineRow key={line.variantId} line={{ ...line, language: merchantLocale ?? state.locale }} currency={currency} locale={locale} />
        ))}
      </ul>
      {money !== "past" && <Totals totals={totalsOf(state)} locale={locale} label={money === "paid" ? t("paid") : t("due")} />}
      {state.note && (
        <p className="wrap-break-word whitespace-pre-line border-line border-t pt-3 text-muted text-sm">
          {t("note", { note: state.note })}
        </p>
      )}
    </Card>
  );
}

/** Sub-total less discount, with the added tax and the delivery, is the total. */
export function totalsOf(state: OrderSessionState) {
  const { currency, subTotalMinor, discountsMinor, discountCode, shipping, shippingMinor, taxMinor, totalMinor } = state;
  return {
    currency,
    subTotalMinor,
    discountMinor: discountsMinor,
    discountCode,
    taxAddedMinor: totalMinor - subTotalMinor + discountsMinor - shippingMinor,
    shipping: shipping && { name: shipping.name, priceMinor: shippingMinor },
    taxMinor,
    totalMinor,
  };
}
