import { CsvError, parse } from "csv-parse/sync";

/** `line` is counted from 1 with the header. */
type CsvRecord = { record: string[]; line: number };

type Table<Column extends string> = {
  /** Names of each column in our languages: without accents, and `_` for a space. */
  words: Readonly<Record<Column, readonly string[]>>;
  /** Titles of our own export that no file may decide. Any other unknown title is refused. */
  passedOver?: ReadonlySet<string>;
  rowsMax: number;
  /** A column that the header must have and has not, or null. */
  missing(has: (column: Column) => boolean): Column | null;
};

export type CsvLine<Column extends string> = { line: number; values: Record<Column, string> };
/** `column` is ours where it is known, else as the file names it. */
type TableProblem = {
  line: number;
  column: string;
  value: string;
  problem: "csv_unreadable" | "header_missing" | "column_unknown" | "column_twice" | "no_rows" | "too_many_rows";
};
type ReadTable<Column extends string> = { lines: CsvLine<Column>[]; problems: TableProblem[] };

/**
 * What stands under each known title, in any order of columns; empty where a column is missing.
 * Either lines or problems are empty.
 */
export function readCsv<Column extends string>(text: string, table: Table<Column>): ReadTable<Column> {
  const parsed = csvRecords(text);
  if (!Array.isArray(parsed)) return failed("csv_unreadable", parsed.unreadableLine);
  const [header, ...rest] = parsed;
  if (!header) return failed("header_missing", 1);
  const columns = Object.keys(table.words) as Column[];
  const names = header.record.map((title) => columns.find((column) => table.words[column].includes(plainTitle(title))) ?? null);
  const problems = headerProblems(header.record, names, table);
  if (problems.length > 0) return { lines: [], problems };
  if (rest.length === 0) return failed("no_rows", 2);
  if (rest.length > table.rowsMax) return failed("too_many_rows", table.rowsMax + 2);
  const valuesOf = (record: string[]) =>
    Object.fromEntries(columns.map((column) => [column, cellOf(record[names.indexOf(column)])])) as Record<Column, string>;
  return { lines: rest.map(({ record, line }) => ({ line, values: valuesOf(record) })), problems: [] };
}

const failed = (problem: TableProblem["problem"], line: number) => ({ lines: [], problems: [{ line, column: "", value: "", problem }] });

function headerProblems<Column extends string>(titles: string[], names: (Column | null)[], table: Table<Column>): TableProblem[] {
  const missing = table.missing((column) => names.includes(column));
  if (missing) return [{ line: 1, column: missing, value: titles.join(", "), problem: "header_missing" }];
  return names.flatMap((name, index): TableProblem[] => {
    const value = titles[index] ?? "";
    const isPassedOver = value === "" || table.passedOver?.has(plainTitle(value));
    if (name === null) return isPassedOver ? [] : [{ line: 1, column: value, value, problem: "column_unknown" }];
    return names.indexOf(name) < index ? [{ line: 1, column: name, value, problem: "column_twice" }] : [];
  });
}

/** Takes commas, semicolons or tabs, quotes and a byte order mark. The header is the first. */
function csvRecords(text: string): CsvRecord[] | { unreadableLine: number } {
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
const plainTitle = (title: string): string =>
  title
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .trim()
    .replaceAll(/[\s-]+/g, "_");

/** Our exports put an apostrophe before what a spreadsheet would run. */
const cellOf = (cell: string | undefined): string => (cell ?? "").replace(/^'(?=[=+\-@])/, "");
