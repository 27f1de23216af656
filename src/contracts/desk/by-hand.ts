import { z } from "zod";
import { chargeTypes } from "#domain/money.ts";
import { customer } from "../checkout.ts";
import { noteLengthMax } from "./limits.ts";
import { wholeMinute } from "./moves.ts";
import { onSiteMoney } from "./on-site.ts";

const minor = z.int().min(0);
const linkEnd = z.iso
  .datetime({ offset: true })
  .describe("From 5 minutes to 7 days ahead, and early enough before the appointment that money still counts.");

const byLink = z.strictObject({
  by: z.literal("link"),
  endsAt: linkEnd,
  mail: z.boolean().default(true).describe("Whether the customer is mailed the link now."),
});
const onSite = onSiteMoney.extend({ by: z.literal("on_site") });

/** A booking that the reception makes. Nothing else is asked of its customer. */
export const newBooking = z.strictObject({
  serviceId: z.uuid(),
  professionalId: z.uuid(),
  start: wholeMinute,
  /** Also where the professional does not work. An absence is never ignored. */
  ignoreHours: z.boolean().default(false),
  customer,
  locale: z.enum(["es", "en", "fr", "pt"]).optional().describe("Of the customer's page and mails. Without it, the merchant's."),
  priceMinor: minor.optional().describe("What it costs this customer. Without it, the service's price."),
  charge: z
    .enum(chargeTypes)
    .optional()
    .describe("total: the whole price is asked for. Otherwise as the service charges, which is also what holds without it."),
  note: z.string().trim().min(1).max(noteLengthMax).optional().describe("For the merchant's people alone."),
  payment: z.discriminatedUnion("by", [byLink, onSite]).optional().describe("Required unless nothing is due now."),
});
export type NewBooking = z.infer<typeof newBooking>;

export const linkProlonged = z.strictObject({ endsAt: linkEnd });

export const restWish = z.strictObject({ mail: z.boolean().default(true).describe("Whether the customer is mailed the page now.") });
