import { useTranslations } from "next-intl";
import type { SoldLine } from "#contracts/shop/order-session.ts";
import { formatMoney } from "#ui/format.ts";

/** On a phone a line is a block; on paper and wide it is a row. */
export function ReceiptLines({ lines, currency, locale }: { lines: readonly SoldLine[]; currency: string; locale: string }) {
  const t = useTranslations("receipt.lines");
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <thead className="border-line border-b text-muted text-sm">
        <tr>
          <th scope="col" className="py-2 pr-3 font-medium">
            {t("what")}
          </th>
          <th scope="col" className="py-2 pr-3 text-right font-medium">
            {t("quantity")}
          </th>
          <th scope="col" className="hidden py-2 pr-3 text-right font-medium sm:table-cell print:table-cell">
            {t("unitPrice")}
          </th>
          <th scope="col" className="py-2 text-right font-medium">
            {t("amount")}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {lines.map((line) => (
          <tr key={line.variantId} className="break-inside-avoid align-top">
            <td className="py-2.5 pr-3">
              {line.title}
              {line.variantTitle && <span className="text-muted"> · {line.variantTitle}</span>}
              {line.sku && <span className="block text-muted text-sm">{line.sku}</span>}
              {line.discountMinor > 0 && (
                <span className="block text-muted text-sm">{t("discount", { amount: money(line.discountMinor) })}</span>
              )}
            </td>
            <td className="py-2.5 pr-3 text-right tabular-nums">{line.quantity}</td>
            <td className="hidden whitespace-nowrap py-2.5 pr-3 text-right tabular-nums sm:table-cell print:table-cell">
              {money(line.unitPriceMinor)}
            </td>
            <td className="whitespace-nowrap py-2.5 text-right tabular-nums">{money(line.unitPriceMinor * line.quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
