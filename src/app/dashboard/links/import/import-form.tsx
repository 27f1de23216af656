"use client";

import { useTranslations } from "next-intl";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CsvImport } from "../../csv-import/csv-import.tsx";
import { ImportPreview } from "./import-preview.tsx";

/** As contracts/links.ts has it, which the browser need not load. */
const csvLengthMax = 30_000;

export function ImportForm() {
  const t = useTranslations("links.csv");
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
        add: (count) => t("make", { count }),
        added: (count) => t("made", { count }),
      }}
      lengthMax={csvLengthMax}
      backTo="/dashboard/links"
      send={(json) => answerOf(api["booking-links"].import.$post({ json }))}
      countsOf={({ problems, rows, created }) => ({ problems: problems.length, ready: rows.length, added: created.length })}
      preview={(answer) => <ImportPreview answer={answer} />}
    />
  );
}
