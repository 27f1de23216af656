import { readEmail, readName, readPhone } from "#contracts/contact.ts";
import type { CustomerImportProblem, importFates } from "#contracts/customers/import.ts";
import { noteLengthMax } from "#contracts/desk/limits.ts";
import { daysAsSpan } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { e164 } from "../phone-number.ts";
import type { CustomerColumn, CustomerLine } from "./read-customers-csv.ts";

export type Merchant = { country: string; timezone: string; locale: string };
export type Fate = (typeof importFates)[number];
export type Wanted = {
  line: number;
  name: string;
  email: string;
  phone: string;
  /** By which they are recognised, as customer_contact has them. */
  contacts: { kind: "email" | "phone"; value: string }[];
  locale: string;
  since: string | null;
  note: string | null;
};

/** What each line means. A problem names its line, its column and what stood there. */
export function checkRows(lines: readonly CustomerLine[], merchant: Merchant): { wanted: Wanted[]; problems: CustomerImportProblem[] } {
  const problems: CustomerImportProblem[] = [];
  const wanted = lines.map(({ line, values }): Wanted => {
    const refuse = (column: CustomerColumn, problem: CustomerImportProblem["problem"]) =>
      problems.push({ line, column, value: values[column], problem });
    const name = readName(values.name);
    const email = readEmail(values.email);
    const phone = e164(readPhone(values.phone) ?? "", merchant.country);
    const locale = values.language === "" ? merchant.locale : languageOf(values.language);
    const since = sinceOf(values.since, merchant.timezone);
    if (name === null) refuse("name", "name_invalid");
    if (values.email === "" && values.phone === "") refuse("email", "contact_missing");
    if (values.email !== "" && (email === null || email.unsendable)) refuse("email", "email_invalid");
    if (values.phone !== "" && phone === null) refuse("phone", "phone_invalid");
    if (locale === null) refuse("language", "language_unknown");
    if (since === "invalid") refuse("since", "since_invalid");
    if (values.note.length > noteLengthMax) refuse("note", "note_too_long");
    return {
      line,
      name: name ?? values.name,
      email: email?.address ?? "",
      phone: phone ?? "",
      contacts: contactsOf(email?.address, phone),
      locale: locale ?? merchant.locale,
      since: since === "invalid" ? null : since,
      note: values.note || null,
    };
  });
  return { wanted, problems };
}

function contactsOf(email: string | undefined, phone: string | null): Wanted["contacts"] {
  return [
    ...(email ? [{ kind: "email" as const, value: email.toLowerCase() }] : []),
    ...(phone ? [{ kind: "phone" as const, value: phone.replaceAll(/\D/g, "") }] : []),
  ];
}

const languages: Readonly<Record<string, string>> = {
  ...{ es: "es", espanol: "es", spanish: "es", espagnol: "es", espanhol: "es" },
  ...{ en: "en", ingles: "en", english: "en", anglais: "en" },
  ...{ fr: "fr", frances: "fr", french: "fr", francais: "fr" },
  ...{ pt: "pt", portugues: "pt", portuguese: "pt", portugais: "pt" },
};
function languageOf(given: string): string | null {
  const word = given.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return languages[word] ?? languages[word.split(/[-_]/, 1)[0] ?? ""] ?? null;
}

const dayFirst = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;

/** 2024-12-31 or 31/12/2024, where the merchant is; no day to come. */
function sinceOf(given: string, timezone: string): string | null | "invalid" {
  if (given === "") return null;
  const [, day, month, year] = dayFirst.exec(given) ?? [];
  const date = day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : given;
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(date) || new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date) return "invalid";
  const { start } = daysAsSpan(date, date, timezone);
  return start > databaseNow() ? "invalid" : new Date(start).toISOString();
}
