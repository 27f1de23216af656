import { bookingsImportRowsMax } from "#contracts/desk/booking-limits.ts";
import type { BookingImportProblem } from "#contracts/desk/bookings-import.ts";
import { cellOf, csvRecords, plainTitle } from "../csv-records.ts";

/** As other tools and spreadsheets name them in our languages. */
const columnWords = {
  date: ["date", "fecha", "data", "dia", "day", "jour"],
  time: ["time", "hora", "heure", "horario", "hour", "start", "inicio"],
  service: ["service", "servicio", "servico", "prestation"],
  professional: ["professional", "profesional", "professionnel", "professionnelle", "profissional", "staff", "praticien"],
  name: ["name", "nombre", "nom", "nome", "cliente", "client", "customer"],
  email: ["email", "e_mail", "correo", "correo_electronico", "courriel", "mail"],
  phone: ["phone", "telefono", "telephone", "telefone", "celular", "movil", "whatsapp", "tel"],
  price: ["price", "precio", "prix", "preco", "valor"],
  note: ["note", "nota", "notas", "notes", "observaciones", "observacoes", "remarques"],
} as const;
export type BookingColumn = keyof typeof columnWords;
const columns = Object.keys(columnWords).filter((name): name is BookingColumn => name in columnWords);
const needed: readonly BookingColumn[] = ["date", "time", "service", "professional", "name"];

export type BookingLine = { line: number; values: Record<BookingColumn, string> };
type ReadCsv = { lines: BookingLine[]; problems: BookingImportProblem[] };

/**
 * What stands under each known title. An unknown one is refused: a column `status` may say that a
 * booking was cancelled, and nobody would see it.
 */
export function readBookingsCsv(text: string): ReadCsv {
  const parsed = csvRecords(text);
  if (!Array.isArray(parsed)) return failed("csv_unreadable", parsed.unreadableLine);
  const [header, ...rest] = parsed;
  if (!header) return failed("header_missing", 1);
  const names = header.record.map(columnOf);
  const problems = headerProblems(header.record, names);
  if (problems.length > 0) return { lines: [], problems };
  if (rest.length === 0) return failed("no_rows", 2);
  if (rest.length > bookingsImportRowsMax) return failed("too_many_rows", bookingsImportRowsMax + 2);
  return { lines: rest.map(({ record, line }) => ({ line, values: valuesOf(names, record) })), problems: [] };
}

const failed = (problem: BookingImportProblem["problem"], line: number): ReadCsv => ({
  lines: [],
  problems: [{ line, column: "", value: "", problem }],
});

function columnOf(title: string): BookingColumn | null {
  return columns.find((column) => columnWords[column].some((word) => word === plainTitle(title))) ?? null;
}

function headerProblems(titles: string[], names: (BookingColumn | null)[]): BookingImportProblem[] {
  const missing = needed.find((name) => !names.includes(name));
  const hasContact = names.includes("email") || names.includes("phone");
  if (missing || !hasContact) return [{ line: 1, column: missing ?? "email", value: titles.join(", "), problem: "header_missing" }];
  return names.flatMap((name, index): BookingImportProblem[] => {
    const value = titles[index] ?? "";
    if (name === null) return value === "" ? [] : [{ line: 1, column: value, value, problem: "column_unknown" }];
    return names.indexOf(name) < index ? [{ line: 1, column: name, value, problem: "column_twice" }] : [];
  });
}

function valuesOf(names: (BookingColumn | null)[], record: string[]): BookingLine["values"] {
  const values = { date: "", time: "", service: "", professional: "", name: "", email: "", phone: "", price: "", note: "" };
  for (const [index, name] of names.entries()) if (name) values[name] = cellOf(record[index]);
  return values;
}
