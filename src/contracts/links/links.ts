import { z } from "zod";
import { signedLinkHours } from "#domain/link-times.ts";
import { linkChanges, newLink } from "../catalog.ts";
import { mailAddress } from "../checkout.ts";
import { givenLengthMax, readName, readPhone } from "../contact.ts";

const instant = z.iso.datetime({ offset: true });
const id = z.uuid();

/** Why a link that exists leads nowhere. */
export const linkStates = ["live", "inactive", "expired", "archived"] as const;

export const bookingLink = z.object({
  id,
  publicId: z.string(),
  /** What customers open. */
  address: z.url(),
  name: z.string(),
  serviceId: id.nullable(),
  professionalId: id.nullable(),
  expiresAt: instant.nullable(),
  isActive: z.boolean(),
  state: z.enum(linkStates),
  /** What a change says that it has seen. */
  version: z.int(),
  createdAt: instant,
  /** Of the last 30 days. Visits of robots and of previews in messages are not counted. */
  figures: z.object({ opens: z.int(), paid: z.int() }),
});
export type BookingLink = z.infer<typeof bookingLink>;

export const linksPerPage = { default: 50, max: 100 } as const;
export const linksQuery = z.object({
  state: z.enum(["current", "archived"]).default("current"),
  search: z.string().trim().max(100).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(linksPerPage.max).default(linksPerPage.default),
});
export type LinksQuery = z.infer<typeof linksQuery>;
export const bookingLinks = z.object({ links: z.array(bookingLink), nextCursor: z.string().nullable() });

/** By the utm_source of the addresses that were opened; the empty one had none. */
export const bookingLinkDetails = bookingLink.extend({
  sources: z.array(z.object({ source: z.string(), opens: z.int(), paid: z.int() })),
});

export const linkCreation = newLink;
/** Only what is named changes, and only if nobody has changed the link since `version`. */
export const linkChange = linkChanges.extend({ version: z.int().min(1) });

const csvLengthMax = 30_000;
export const importRowsMax = 200;
export const linkImport = z.strictObject({
  /** A header line, then one for each link: name, public_id, service, professional, expires_at. */
  csv: z.string().min(1).max(csvLengthMax),
  /** Only says what would happen. */
  isTrial: z.boolean().default(false),
});

export const importProblems = [
  "header_missing",
  "column_unknown",
  "column_twice",
  "csv_unreadable",
  "too_many_rows",
  "no_rows",
  "name_missing",
  "name_too_long",
  "public_id_invalid",
  "public_id_taken",
  "public_id_twice",
  "service_unknown",
  "service_ambiguous",
  "professional_unknown",
  "professional_ambiguous",
  "expires_at_invalid",
  "expires_at_past",
] as const;
export type ImportProblem = { line: number; column: string; value: string; problem: (typeof importProblems)[number] };
export const linkImportAnswer = z.object({
  rows: z.array(
    z.object({
      /** In the file, counted from 1 with the header. */
      line: z.int(),
      name: z.string(),
      publicId: z.string().nullable(),
      service: z.string().nullable(),
      professional: z.string().nullable(),
      expiresAt: instant.nullable(),
    }),
  ),
  problems: z.array(z.object({ line: z.int(), column: z.string(), value: z.string(), problem: z.enum(importProblems) })),
  /** Empty if it was a trial or if anything is wrong: all links of a file are made, or none. */
  created: z.array(bookingLink),
});
export type LinkImportAnswer = z.infer<typeof linkImportAnswer>;

export const qrPixels = { min: 128, default: 1024, max: 2048 } as const;
export const qrQuery = z.object({ size: z.coerce.number().int().min(qrPixels.min).max(qrPixels.max).default(qrPixels.default) });

const noteLengthMax = 200;
const tidied = (read: (given: string) => string | null, message: string) =>
  z
    .string()
    .max(givenLengthMax)
    .refine((given) => read(given) !== null, message);

export const linkSigning = z.strictObject({
  hours: z.int().min(signedLinkHours.min).max(signedLinkHours.max).default(signedLinkHours.default),
  serviceId: id.optional(),
  professionalId: id.optional(),
  name: tidied(readName, "2 to 100 characters with a letter or digit").optional(),
  email: mailAddress.optional(),
  phone: tidied(readPhone, "must look like a phone number").optional(),
  /** What the merchant says about the price. It changes no price. */
  note: z
    .string()
    .trim()
    .min(1)
    .max(noteLengthMax)
    .regex(/^[^\p{Cc}\p{Cs}<>]+$/u)
    .optional(),
});
export type LinkSigning = z.infer<typeof linkSigning>;
export const signedLink = z.object({ token: z.string(), address: z.url(), expiresAt: instant });
