"use client";

import { customersCsvLengthMax } from "#contracts/customers/limits.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CsvImport } from "../../csv-import/csv-import.tsx";
import { ImportPreview } from "./import-preview.tsx";

export function ImportForm() {
  return (
    <CsvImport
      area="customers.csv"
      lengthMax={customersCsvLengthMax}
      backTo="/dashboard/customers"
      send={(json) => answerOf(api.customers.import.$post({ json }))}
      countsOf={({ problemsCount, counts, created }) => ({ problems: problemsCount, ready: counts.new, added: created })}
      preview={(answer) => <ImportPreview answer={answer} />}
    />
  );
}
