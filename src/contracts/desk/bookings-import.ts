import { z } from "zod";
import { bookingsCsvLengthMax } from "./booking-limits.ts";

export const bookingsImport = z.strictObject({
  /** A header line, then one for each booking. */
  csv: z
    .string()
    .min(1)
    .max(bookingsCsvLengthMax)
    .describe(
      "Columns, in any order: date, time (in the merchant's zone), service, professional, name, email, phone, price, note. The last two may be missing, and either email or phone.",
    ),
  isTrial: z.boolean().default(false).describe("Only says what would happen."),
});

export const bookingImportProblems = [
  "header_missing",
  "column_unknown",
  "column_twice",
  "csv_unreadable",
  "too_many_rows",
  "no_rows",
  "date_invalid",
  "time_invalid",
  "too_far_ahead",
  "service_unknown",
  "professional_unknown",
  "name_twice",
  "name_invalid",
  "contact_missing",
  "email_invalid",
  "phone_invalid",
  "price_invalid",
  "note_too_long",
  "slot_taken",
] as const;

/** `known`: there is such a booking already. `twice`: a line above is the same. */
export const bookingImportFates = ["new", "known", "twice"] as const;

const problem = z.object({
  line: z.int(),
  column: z.string(),
  value: z.string(),
  problem: z.enum(bookingImportProblems),
  known: z.array(z.string()).optional().describe("Names that would have been understood, the first of them."),
});
export type BookingImportProblem = z.infer<typeof problem>;

export const bookingsImportAnswer = z.object({
  /** The first lines, as they were read. */
  rows: z.array(
    z.object({
      line: z.int().describe("In the file, counted from 1 with the header."),
      start: z.iso.datetime(),
      service: z.string(),
      professional: z.string(),
      name: z.string(),
      fate: z.enum(bookingImportFates),
    }),
  ),
  timezone: z.string().describe("The merchant's, in which dates and times are read."),
  counts: z.object({ new: z.int(), known: z.int(), twice: z.int(), past: z.int().describe("Of the new ones, those that are over.") }),
  problems: z.array(problem).describe("The first 100. With one of them, nothing is added."),
  problemsCount: z.int(),
  created: z.int().describe("0 if it was a trial or if anything is wrong."),
});
export type BookingsImportAnswer = z.infer<typeof bookingsImportAnswer>;
