"use client";

import { answerOf, api } from "#ui/dashboard/api.ts";
import { CsvImport } from "../../csv-import/csv-import.tsx";
import { ImportPreview } from "./import-preview.tsx";

/** As contracts/links.ts has it, which the browser need not load. */
const csvLengthMax = 30_000;

export function ImportForm() {
  return (
    <CsvImport
      area="links.csv"
      lengthMax={csvLengthMax}
      backTo="/dashboard/links"
      send={(json) => answerOf(api["booking-links"].import.$post({ json }))}
      countsOf={({ problems, rows, created }) => ({ problems: problems.length, ready: rows.length, added: created.length })}
      preview={(answer) => <ImportPreview answer={answer} />}
    />
  );
}
