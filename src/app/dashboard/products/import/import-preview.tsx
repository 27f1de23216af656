"use client";

import { useTranslations } from "next-intl";
import type { ProductsImportAnswer } from "#contracts/shop-desk/products-import.ts";
import { formatMoney } from "#ui/format.ts";
import { LineRow, LinesTable } from "../../csv-import/lines-table.tsx";

/** What is wrong, line by line; else what will be added, and what is there already. */
export function ImportPreview({ answer, locale }: { answer: ProductsImportAnswer; locale: string }) {
  const t = useTranslations("shopDesk.csv");
  const { problems, problemsCount, rows, counts } = answer;
  if (problemsCount > 0)
    return (
      <>
        <LinesTable heads={[t("line"), t("column"), t("found"), t("problem")]}>
          {problems.map(({ line, column, value, problem }) => (
            <LineRow key={`${line} ${column} ${problem}`} cells={[line, column, value, t(`problems.${problem}`)]} />
          ))}
        </LinesTable>
        {problemsCount > problems.length && (
          <p className="text-muted text-sm">{t("moreProblems", { count: problemsCount - problems.length })}</p>
        )}
      </>
    );
  const all = counts.new + counts.known;
  return (
    <>
      {counts.known > 0 && <p>{t("known", { count: counts.known })}</p>}
      <LinesTable isWide heads={[t("line"), t("product"), t("variant"), t("price"), t("stock"), t("fate")]}>
        {rows.map(({ line, product, variant, priceMinor, currency, onHand, fate }) => (
          <LineRow
            key={line}
            cells={[
              ...[line, product, variant || "—", formatMoney({ amountMinor: priceMinor, currency, locale })],
              ...[onHand ?? t("endless"), t(`fates.${fate}`)],
            ]}
          />
        ))}
      </LinesTable>
      {all > rows.length && <p className="text-muted text-sm">{t("moreRows", { count: all - rows.length })}</p>}
    </>
  );
}
