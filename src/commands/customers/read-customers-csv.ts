import type { CustomerImportProblem } from "#contracts/customers/import.ts";
import { customersImportRowsMax } from "#contracts/customers/limits.ts";
import { cellOf, csvRecords, plainTitle } from "../csv-records.ts";

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
  const parsed = csvRecords(text);
  if (!Array.isArray(parsed)) return failed({ line: parsed.unreadableLine, column: "", value: "", problem: "csv_unreadable" });
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

function columnOf(title: string): CustomerColumn | null {
  return columns.find((column) => columnWords[column].some((word) => word === plainTitle(title))) ?? null;
}

function headerProblems(titles: string[], names: (CustomerColumn | null)[]): CustomerImportProblem[] {
  if (!names.includes("name") || !(names.includes("email") || names.includes("phone")))
    return [{ line: 1, column: "name", value: titles.join(", "), problem: "header_missing" }];
  return names.flatMap((name, index): CustomerImportProblem[] => {
    const value = titles[index] ?? "";
    if (name === null)
      return value === "" || passedOver.has(plainTitle(value)) ? [] : [{ line: 1, column: value, value, problem: "column_unknown" }];
    return names.indexOf(name) < index ? [{ line: 1, column: name, value, problem: "column_twice" }] : [];
  });
}

function valuesOf(names: (CustomerColumn | null)[], record: string[]): CsvLine["values"] {
  const values = { name: "", email: "", phone: "", language: "", since: "", note: "" };
  for (const [index, name] of names.entries()) if (name) values[name] = cellOf(record[index]);
  return values;
}
