import { CsvError, parse } from "csv-parse/sync";
import { type ImportProblem, importRowsMax } from "#contracts/links/links.ts";

/** As spreadsheets name them in both languages. */
const columnWords = {
  name: ["name", "nombre", "nom", "nome"],
  public_id: ["public_id", "publicid", "id_publico", "identificador"],
  service: ["service", "servicio", "servico"],
  professional: ["professional", "profesional", "professionnel", "profissional"],
  expires_at: ["expires_at", "expires", "vence", "caduca", "expira", "expire"],
} as const;
export type LinkColumn = keyof typeof columnWords;
const columns = Object.keys(columnWords).filter((name): name is LinkColumn => name in columnWords);

export type CsvLine = { line: number; values: Record<LinkColumn, string> };
export type ReadCsv = { lines: CsvLine[]; problems: ImportProblem[] };

/** Takes commas or semicolons, quotes, a byte order mark and columns in any order. */
export function readLinksCsv(text: string): ReadCsv {
  const parsed = parsedRecords(text);
  if (!Array.isArray(parsed)) return failed(parsed);
  const [header, ...rest] = parsed;
  if (!header) return failed({ line: 1, column: "", value: "", problem: "header_missing" });
  const names = header.record.map(columnOf);
  const problems = headerProblems(header.record, names);
  if (problems.length > 0) return { lines: [], problems };
  if (rest.length === 0) return failed({ line: 2, column: "", value: "", problem: "no_rows" });
  if (rest.length > importRowsMax) return failed({ line: importRowsMax + 2, column: "", value: "", problem: "too_many_rows" });
  const lines = rest.map(({ record, line }) => ({ line, values: valuesOf(names, record) }));
  return { lines, problems: [] };
}

const failed = (problem: ImportProblem): ReadCsv => ({ lines: [], problems: [problem] });

type CsvRecord = { record: string[]; line: number };

function parsedRecords(text: string): CsvRecord[] | ImportProblem {
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  const delimiter = first.split(";").length > first.split(",").length ? ";" : ",";
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

function columnOf(title: string): LinkColumn | null {
  const plain = title
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .trim()
    .replaceAll(/[\s-]+/g, "_");
  return columns.find((column) => columnWords[column].some((word) => word === plain)) ?? null;
}

function headerProblems(titles: string[], names: (LinkColumn | null)[]): ImportProblem[] {
  if (!names.includes("name")) return [{ line: 1, column: "name", value: titles.join(", "), problem: "header_missing" }];
  return names.flatMap((name, index): ImportProblem[] => {
    const value = titles[index] ?? "";
    if (name === null) return value === "" ? [] : [{ line: 1, column: value, value, problem: "column_unknown" }];
    return names.indexOf(name) < index ? [{ line: 1, column: name, value, problem: "column_twice" }] : [];
  });
}

function valuesOf(names: (LinkColumn | null)[], record: string[]): CsvLine["values"] {
  const values = { name: "", public_id: "", service: "", professional: "", expires_at: "" };
  for (const [index, name] of names.entries()) if (name) values[name] = record[index] ?? "";
  return values;
}
