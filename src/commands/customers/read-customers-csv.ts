import { CsvError, parse } from "csv-parse/sync";
import type { CustomerImportProblem } from "#contracts/customers/import.ts";
import { customersImportRowsMax } from "#contracts/customers/limits.ts";

/** As spreadsheets name them in our languages. */
const columnWords = {
  name: ["name", "nombre", "nom", "nome", "cliente", "client", "customer"],
  email: ["email", "e_mail", "correo", "correo_electronico", "courriel", "mail"],
  phone: ["phone", "telefono", "telephone", "telefone", "celular", "movil", "whatsapp", "tel"],
  language: ["language", "idioma", "langue", "lengua"],
  since: ["since", "desde", "cliente_desde", "depuis", "client_depuis"],
  note: ["note", "nota", "notas", "notes", "observaciones", "observacoes", "remarques"],
} as const;
export type CustomerColumn = keyof typeof columnWords;
const columns = Object.keys(columnWords).filter((name): name is CustomerColumn => name in columnWords);
/** Of our own export: nothing that a file may decide. */
const passedOver = new Set([
  ...["id", "bookings", "no_shows", "last_appointment", "next_appointment"],
  ...["blocked", "full_payment_only"],
]);

export type CsvLine = { line: number; values: Record<CustomerColumn, string> };
type ReadCsv = { lines: CsvLine[]; problems: CustomerImportProblem[] };

/** Takes commas, semicolons or tabs, quotes, a byte order mark and columns in any order. */
export function readCustomersCsv(text: string): ReadCsv {
  const parsed = parsedRecords(text);
  if (!Array.isArray(parsed)) return failed(parsed);
  const [header, ...rest] = parsed;
  if (!header) return failed({ line: 1, column: "", value: "", problem: "header_missing" });
  const names = header.record.map(columnOf);
  const problems = headerProblems(header.record, names);
  if (problems.length > 0) return { lines: [], problems };
  if (rest.length === 0) return failed({ line: 2, column: "", value: "", problem: "no_rows" });
  if (rest.length > customersImportRowsMax)
    return failed({ line: customersImportRowsMax + 2, column: "", value: "", problem: "too_many_rows" });
  return { lines: rest.map(({ record, line }) => ({ line, values: valuesOf(names, record) })), problems: [] };
}

const failed = (problem: CustomerImportProblem): ReadCsv => ({ lines: [], problems: [problem] });

type CsvRecord = { record: string[]; line: number };

function parsedRecords(text: string): CsvRecord[] | CustomerImportProblem {
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
    return { line: Number(error["lines"] ?? 1), column: "", value: "", problem: "csv_unreadable" };
  }
}

const plain = (title: string) =>
  title
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .trim()
    .replaceAll(/[\s-]+/g, "_");

function columnOf(title: string): CustomerColumn | null {
  return columns.find((column) => columnWords[column].some((word) => word === plain(title))) ?? null;
}

function headerProblems(titles: string[], names: (CustomerColumn | null)[]): CustomerImportProblem[] {
  if (!names.includes("name") || !(names.includes("email") || names.includes("phone")))
    return [{ line: 1, column: "name", value: titles.join(", "), problem: "header_missing" }];
  return names.flatMap((name, index): CustomerImportProblem[] => {
    const value = titles[index] ?? "";
    if (name === null)
      return value === "" || passedOver.has(plain(value)) ? [] : [{ line: 1, column: value, value, problem: "column_unknown" }];
    return names.indexOf(name) < index ? [{ line: 1, column: name, value, problem: "column_twice" }] : [];
  });
}

function valuesOf(names: (CustomerColumn | null)[], record: string[]): CsvLine["values"] {
  const values = { name: "", email: "", phone: "", language: "", since: "", note: "" };
  // Our exports put an apostrophe before what a spreadsheet would run.
  for (const [index, name] of names.entries()) if (name) values[name] = (record[index] ?? "").replace(/^'(?=[=+\-@])/, "");
  return values;
}
