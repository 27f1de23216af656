import { z } from "zod";
import { customersCsvLengthMax } from "./limits.ts";

export const customersImport = z.strictObject({
  /** A header line, then one for each person: name, email, phone, language, since, note. */
  csv: z.string().min(1).max(customersCsvLengthMax),
  /** Only says what would happen. */
  isTrial: z.boolean().default(false),
});

export const customerImportProblems = [
  "header_missing",
  "column_unknown",
  "column_twice",
  "csv_unreadable",
  "too_many_rows",
  "no_rows",
  "name_invalid",
  "contact_missing",
  "email_invalid",
  "phone_invalid",
  "language_unknown",
  "since_invalid",
  "note_too_long",
] as const;
export type CustomerImportProblem = { line: number; column: string; value: string; problem: (typeof customerImportProblems)[number] };

/** `known`: a customer has that address or number already. `twice`: a line above has it. */
export const importFates = ["new", "known", "twice"] as const;

export const customersImportAnswer = z.object({
  /** The first lines, as they were read. */
  rows: z.array(
    z.object({
      /** In the file, counted from 1 with the header. */
      line: z.int(),
      name: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      fate: z.enum(importFates),
    }),
  ),
  counts: z.object({ new: z.int(), known: z.int(), twice: z.int() }),
  /** The first 100. With one of them, nobody is added. */
  problems: z.array(z.object({ line: z.int(), column: z.string(), value: z.string(), problem: z.enum(customerImportProblems) })),
  problemsCount: z.int(),
  /** 0 if it was a trial or if anything is wrong. */
  created: z.int(),
});
export type CustomersImportAnswer = z.infer<typeof customersImportAnswer>;
