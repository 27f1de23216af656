import { newLink } from "#contracts/catalog.ts";
import type { ImportProblem } from "#contracts/links/links.ts";
import { daysAsSpan } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { LinkColumn, LinkLine } from "./read-csv.ts";

type Named = { id: string; name: string };
export type Known = { timezone: string; services: Named[]; professionals: Named[]; takenIds: ReadonlySet<string> };
export type Wanted = {
  line: number;
  name: string;
  publicId: string | null;
  service: Named | null;
  professional: Named | null;
  expiresAt: string | null;
};

/** What each line means. A problem names its line, its column and what stood there. */
export function checkRows(lines: LinkLine[], known: Known): { wanted: Wanted[]; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const seen = new Set<string>();
  const wanted = lines.map(({ line, values }): Wanted => {
    const refuse = (column: LinkColumn, problem: ImportProblem["problem"] | null) => {
      if (problem) problems.push({ line, column, value: values[column], problem });
    };
    refuse("name", nameProblem(values.name));
    refuse("public_id", publicIdProblem(values.public_id, seen, known.takenIds));
    seen.add(values.public_id);
    const service = findNamed(values.service, known.services);
    const professional = findNamed(values.professional, known.professionals);
    const expiresAt = readEnd(values.expires_at, known.timezone);
    if (typeof service === "string") refuse("service", `service_${service}`);
    if (typeof professional === "string") refuse("professional", `professional_${professional}`);
    if (expiresAt === "invalid" || expiresAt === "past") refuse("expires_at", `expires_at_${expiresAt}`);
    return {
      line,
      name: values.name,
      publicId: values.public_id || null,
      service: typeof service === "string" ? null : service,
      professional: typeof professional === "string" ? null : professional,
      expiresAt: expiresAt === "invalid" || expiresAt === "past" ? null : expiresAt,
    };
  });
  return { wanted, problems };
}

function nameProblem(name: string): ImportProblem["problem"] | null {
  if (name === "") return "name_missing";
  return newLink.shape.name.safeParse(name).success ? null : "name_too_long";
}

function publicIdProblem(publicId: string, seen: ReadonlySet<string>, taken: ReadonlySet<string>): ImportProblem["problem"] | null {
  if (publicId === "") return null;
  if (!newLink.shape.publicId.safeParse(publicId).success) return "public_id_invalid";
  if (seen.has(publicId)) return "public_id_twice";
  return taken.has(publicId) ? "public_id_taken" : null;
}

const plain = (text: string) => text.normalize("NFC").trim().toLocaleLowerCase();

function findNamed(value: string, all: Named[]): Named | null | "unknown" | "ambiguous" {
  if (value === "") return null;
  const found = all.filter(({ id, name }) => id === value.toLowerCase() || plain(name) === plain(value));
  const [only] = found;
  if (!only) return "unknown";
  return found.length > 1 ? "ambiguous" : only;
}

const dayFirst = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;

/** 2026-12-31 or 31/12/2026: the end of that day where the merchant is. Else an instant. */
function readEnd(value: string, timezone: string): string | null | "invalid" | "past" {
  if (value === "") return null;
  const [, day, month, year] = dayFirst.exec(value) ?? [];
  const date = day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : value;
  if (!newLink.shape.expiresAt.safeParse(date).success) return "invalid";
  const end = date.includes("T") ? Date.parse(date) : daysAsSpan(date, date, timezone).end;
  return end <= databaseNow() ? "past" : new Date(end).toISOString();
}
