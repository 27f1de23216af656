import { useTranslations } from "next-intl";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { formatMoney } from "#ui/format.ts";

/** How much tax of which rate is within the total. */
export function TaxTable({ state, locale }: { state: OrderSessionState; locale: string }) {
  const t = useTranslations("receipt.tax");
  const byRate = new Map<number, number>();
  for (const { taxPercent, taxMinor } of state.cartItems) byRate.set(taxPercent, (byRate.get(taxPercent) ?? 0) + taxMinor);
  const rates = [...byRate].filter(([, taxMinor]) => taxMinor > 0).toSorted(([a], [b]) => b - a);
  const shippingTaxMinor = state.shipping?.taxMinor ?? 0;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: state.currency, locale });
  if (rates.length === 0 && shippingTaxMinor === 0) return <span />;
  return (
    <div className="text-sm">
      <h2 className="mb-1.5 font-semibold">{t("title")}</h2>
      <dl className="space-y-1.5">
        {rates.map(([percent, taxMinor]) => (
          <Row key={percent} label={t("rate", { percent })} amount={money(taxMinor)} />
        ))}
        {shippingTaxMinor > 0 && <Row label={t("delivery")} amount={money(shippingTaxMinor)} />}
      </dl>
    </div>
  );
}

function Row({ label, amount }: { label: string; amount: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="whitespace-nowrap tabular-nums">{amount}</dd>
    </div>
  );
}
