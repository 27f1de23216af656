"use client";

import { useTranslations } from "next-intl";
import { customersCsvLengthMax } from "#contracts/customers/limits.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CsvImport } from "../../csv-import/csv-import.tsx";
import { ImportPreview } from "./import-preview.tsx";

export function ImportForm() {
  const t = useTranslations("customers.csv");
  return (
    <CsvImport
      words={{
        columns: t("columns"),
        file: t("file"),
        text: t("text"),
        example: t("example"),
        tooLarge: t("tooLarge"),
        check: t("check"),
        problemsTitle: (count) => t("problemsTitle", { count }),
        readyTitle: (count) => t("readyTitle", { count }),
        add: (count) => t("add", { count }),
        added: (count) => t("added", { count }),
      }}
      lengthMax={customersCsvLengthMax}
      backTo="/dashboard/customers"
      send={(json) => answerOf(api.customers.import.$post({ json }))}
      countsOf={({ problemsCount, counts, created }) => ({ problems: problemsCount, ready: counts.new, added: created })}
      preview={(answer) => <ImportPreview answer={answer} />}
    />
  );
}
