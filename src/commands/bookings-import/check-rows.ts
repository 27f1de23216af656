import { readEmail, readName, readPhone } from "#contracts/contact.ts";
import type { BookingImportProblem } from "#contracts/desk/bookings-import.ts";
import { noteLengthMax } from "#contracts/desk/limits.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { sha256Hex } from "#platform/ids.ts";
import { e164 } from "../phone-number.ts";
import { priceOf } from "../price-cell.ts";
import { finderOf, type NamedProfessional, type NamedService, type Names } from "./known-names.ts";
import type { BookingColumn, BookingLine } from "./read-bookings-csv.ts";
import { clockOf, dayOf, instantOf } from "./read-cells.ts";

/** As the database reads it, in ISO 8601. */
export type Wanted = {
  line: number;
  /** What stood there for the time. */
  given: string;
  service: NamedService;
  professional: NamedProfessional;
  start: string;
  end: string;
  /** The appointment with the service's buffers. */
  from: string;
  until: string;
  isPast: boolean;
  name: string;
  email: string;
  phone: string;
  priceMinor: number;
  note: string | null;
  /** `booking.import_key`. */
  key: string;
};
type Checked = { wanted: Wanted[]; problems: BookingImportProblem[] };
type Merchant = Names & { country: string; timezone: string };
type Refuse = (column: BookingColumn, problem: BookingImportProblem["problem"], known?: string[]) => null;

const daysAheadMax = 730;
const minute = 60_000;

/** What each line means. A problem names its line, its column and what stood there. */
export function checkRows(lines: readonly BookingLine[], merchant: Merchant): Checked {
  const problems: BookingImportProblem[] = [];
  const findService = finderOf(merchant.services);
  const findProfessional = finderOf(merchant.professionals);
  const now = databaseNow();
  const wanted = lines.flatMap(({ line, values }): Wanted[] => {
    const refuse: Refuse = (column, problem, known) => {
      problems.push({ line, column, value: values[column], problem, ...(known && { known }) });
      return null;
    };
    const start = startOf(values, { timezone: merchant.timezone, now, refuse });
    const service = namedBy(findService(values.service), (problem, known) => refuse("service", problem ?? "service_unknown", known));
    const professional = namedBy(findProfessional(values.professional), (problem, known) =>
      refuse("professional", problem ?? "professional_unknown", known),
    );
    const customer = customerOf(values, merchant.country, refuse);
    const price = service && priceFor(values.price, service, refuse);
    if (values.note.length > noteLengthMax) refuse("note", "note_too_long");
    if (start === null || !service || !professional || !customer || price === null) return [];
    const key = sha256Hex(`${professional.id} ${start} ${customer.email.toLowerCase() || customer.phone.replaceAll(/\D/g, "")}`);
    return [
      {
        ...{ line, given: `${values.date} ${values.time}`, service, professional, ...customer, priceMinor: price, key },
        ...spanOf(start, service, now),
        note: values.note || null,
      },
    ];
  });
  return { wanted, problems };
}

type Looked<Named> = { found: Named } | { problem: "unknown" | "twice"; known: string[] };

function namedBy<Named>(looked: Looked<Named>, refuse: (problem: "name_twice" | null, known: string[]) => null): Named | null {
  if ("found" in looked) return looked.found;
  return refuse(looked.problem === "twice" ? "name_twice" : null, looked.known);
}

type When = { timezone: string; now: number; refuse: Refuse };

function startOf({ date, time }: BookingLine["values"], { timezone, now, refuse }: When): number | null {
  const day = dayOf(date);
  const clock = clockOf(time);
  if (day === null) refuse("date", "date_invalid");
  if (clock === null) return refuse("time", "time_invalid");
  if (day === null) return null;
  const start = instantOf(day, clock, timezone);
  if (start === null) return refuse("time", "time_invalid");
  return start > now + daysAheadMax * 86_400_000 ? refuse("date", "too_far_ahead") : start;
}

/** An address or a number will do: nobody is written to at an address that is not there. */
function customerOf(values: BookingLine["values"], country: string, refuse: Refuse) {
  const name = readName(values.name);
  const email = readEmail(values.email);
  const phone = e164(readPhone(values.phone) ?? "", country);
  if (name === null) refuse("name", "name_invalid");
  if (values.email === "" && values.phone === "") return refuse("email", "contact_missing");
  const isEmailWrong = values.email !== "" && (email === null || email.unsendable);
  const isPhoneWrong = values.phone !== "" && phone === null;
  if (isEmailWrong) refuse("email", "email_invalid");
  if (isPhoneWrong) refuse("phone", "phone_invalid");
  if (name === null || isEmailWrong || isPhoneWrong) return null;
  return { name, email: email?.address ?? "", phone: phone ?? "" };
}

function priceFor(given: string, service: NamedService, refuse: Refuse): number | null {
  return given === "" ? service.priceMinor : (priceOf(given, service.currency) ?? refuse("price", "price_invalid"));
}

function spanOf(start: number, { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes }: NamedService, now: number) {
  const end = start + durationMinutes * minute;
  return {
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    from: new Date(start - bufferBeforeMinutes * minute).toISOString(),
    until: new Date(end + bufferAfterMinutes * minute).toISOString(),
    isPast: end <= now,
  };
}
