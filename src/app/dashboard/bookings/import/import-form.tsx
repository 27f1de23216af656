"use client";

import { bookingsCsvLengthMax } from "#contracts/desk/booking-limits.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CsvImport } from "../../csv-import/csv-import.tsx";
import { ImportPreview } from "./import-preview.tsx";

export function ImportForm({ locale }: { locale: string }) {
  return (
    <CsvImport
      area="bookings.import"
      lengthMax={bookingsCsvLengthMax}
      backTo="/dashboard/bookings"
      send={(json) => answerOf(api.bookings.import.$post({ json }))}
      countsOf={({ problemsCount, counts, created }) => ({ problems: problemsCount, ready: counts.new, added: created })}
      preview={(answer) => <ImportPreview answer={answer} locale={locale} />}
    />
  );
}
