import { CsvError, parse } from "csv-parse/sync";

/** `line` is counted from 1 with the header. */
type CsvRecord = { record: string[]; line: number };

/** Takes commas, semicolons or tabs, quotes and a byte order mark. The header is the first. */
export function csvRecords(text: string): CsvRecord[] | { unreadableLine: number } {
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  const delimiter = [",", ";", "\t"].reduce((best, sign) => (first.split(sign).length > first.split(best).length ? sign : best));
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      on_record(record: string[], { lines }) {
        records.push({ record, line: lines });
        return null;
      },
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { unreadableLine: Number(error["lines"] ?? 1) };
  }
}

/** Without accents, case and kinds of spaces: `Correo electrónico` is `correo_electronico`. */
export const plainTitle = (title: string): string =>
  title
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .trim()
    .replaceAll(/[\s-]+/g, "_");

/** Our exports put an apostrophe before what a spreadsheet would run. */
export const cellOf = (cell: string | undefined): string => (cell ?? "").replace(/^'(?=[=+\-@])/, "");
