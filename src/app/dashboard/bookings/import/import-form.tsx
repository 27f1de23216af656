"use client";

import { useTranslations } from "next-intl";
import { bookingsCsvLengthMax } from "#contracts/desk/booking-limits.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CsvImport } from "../../csv-import/csv-import.tsx";
import { ImportPreview } from "./import-preview.tsx";

export function ImportForm({ locale }: { locale: string }) {
  const t = useTranslations("bookings.import");
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
      lengthMax={bookingsCsvLengthMax}
      backTo="/dashboard/bookings"
      send={(json) => answerOf(api.bookings.import.$post({ json }))}
      countsOf={({ problemsCount, counts, created }) => ({ problems: problemsCount, ready: counts.new, added: created })}
      preview={(answer) => <ImportPreview answer={answer} locale={locale} />}
    />
  );
}
