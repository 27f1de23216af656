"use client";

import { productsCsvLengthMax } from "#contracts/shop-desk/limits.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CsvImport } from "../../csv-import/csv-import.tsx";
import { ImportPreview } from "./import-preview.tsx";

export function ImportForm({ locale }: { locale: string }) {
  return (
    <CsvImport
      area="shopDesk.csv"
      lengthMax={productsCsvLengthMax}
      backTo="/dashboard/products"
      send={(json) => answerOf(api.products.import.$post({ json }))}
      countsOf={({ problemsCount, products, created }) => ({ problems: problemsCount, ready: products, added: created })}
      preview={(answer) => <ImportPreview answer={answer} locale={locale} />}
    />
  );
}
