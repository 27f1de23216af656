import { useTranslations } from "next-intl";
import { formatMoney } from "#ui/format.ts";

export type TotalsShown = {
  currency: string;
  subTotalMinor: number;
  discountMinor: number;
  discountCode: string | null;
  /** Tax that the prices do not hold. */
  taxAddedMinor: number;
  /** Is null if nothing is sent, or before it is chosen. */
  shipping: { name: string; priceMinor: number } | null;
  taxMinor: number;
  totalMinor: number;
};

type TotalsProps = { totals: TotalsShown; locale: string; label?: string };

/** Sub-total less discount, with the added tax and the delivery, is the total. */
export function Totals({ totals, locale, label }: TotalsProps) {
  const t = useTranslations("shopTotals");
  const price = useTranslations("price");
  const { currency, subTotalMinor, discountMinor, discountCode, taxAddedMinor, shipping, taxMinor, totalMinor } = totals;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  const isPlain = discountMinor === 0 && taxAddedMinor === 0 && !shipping;
  return (
    <dl className="space-y-1.5" data-testid="totals">
      {!isPlain && <Row label={t("subTotal")} amount={money(subTotalMinor)} />}
      {discountMinor > 0 && (
        <Row label={discountCode ? t("discountCode", { code: discountCode }) : t("discount")} amount={`−${money(discountMinor)}`} />
      )}
      {taxAddedMinor > 0 && <Row label={t("taxAdded")} amount={money(taxAddedMinor)} />}
      {shipping && <Row label={shipping.name} amount={shipping.priceMinor === 0 ? price("free") : money(shipping.priceMinor)} />}
      <div className="flex items-baseline justify-between gap-4 border-line border-t pt-2.5 first:border-0 first:pt-0">
        <dt className="font-semibold">
          {label ?? t("total")}
          {taxMinor > 0 && <span className="block font-normal text-muted text-sm">{t("taxWithin", { amount: money(taxMinor) })}</span>}
        </dt>
        <dd className="whitespace-nowrap font-bold text-xl tabular-nums" data-testid="total" data-minor={totalMinor}>
          {money(totalMinor)}
        </dd>
      </div>
    </dl>
  );
}

function Row({ label, amount }: { label: string; amount: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="min-w-0 text-muted">{label}</dt>
      <dd className="whitespace-nowrap tabular-nums">{amount}</dd>
    </div>
  );
}
