import { z } from "zod";
import { ledgerKinds } from "#domain/ledger/money-moves.ts";
import { calendarDate } from "../dates.ts";
import { ledgerLinesMax } from "./limits.ts";
import { moneysPurchase } from "./purchase.ts";

export const modes = ["test", "production"] as const;
export type Mode = (typeof modes)[number];
const mode = z.enum(modes);

/** A month of the merchant's calendar. */
const month = z.string().regex(/^(19[7-9]\d|2\d{3})-(0[1-9]|1[0-2])$/, "must be a month such as 2026-11");

export const monthQuery = z.object({ month: month.optional(), mode: mode.optional() });
export type MonthQuery = z.infer<typeof monthQuery>;

const minor = z.int();
const sums = {
  provider: z.string(),
  currency: z.string(),
  payments: z.int(),
  refunds: z.int(),
  takenMinor: minor,
  refundedMinor: minor,
  /** Taken back by a bank, or in the provider's panel. */
  reversedMinor: minor,
  /** Disputes that were won, and refunds that failed after all. */
  restoredMinor: minor,
  /** What providers took for disputes, less what they gave back of it. */
  disputeFeesMinor: minor,
  netMinor: minor,
  /** As the provider told, else about. Is null where its fees are not known. */
  feesMinor: minor.nullable(),
  /** Payments whose fee the provider told. With all of them, the fees are no estimate. */
  feesTold: z.int(),
  arrivesMinor: minor.nullable(),
  /** Payments of which a part went back in the provider's panel. Only the panel shows how much. */
  partsUnknown: z.int(),
};

export const monthTotals = z.object({
  month: z.string(),
  mode,
  timezone: z.string(),
  /** The newest day first. A day in which no money moved is left out. */
  days: z.array(z.object({ day: z.string(), ...sums })),
  period: z.array(z.object(sums)),
});
export type MonthTotals = z.infer<typeof monthTotals>;

export const linesQuery = z.object({
  day: calendarDate.optional(),
  mode: mode.optional(),
  provider: z.string().max(40).optional(),
  currency: z.string().length(3).optional(),
  cursor: z.string().max(40).optional(),
});
export type LinesQuery = z.infer<typeof linesQuery>;

export const ledgerLine = z.object({
  /** Of the payment, or of the event that moved its money. */
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.enum(ledgerKinds),
  /** With a minus where money left. Is 0 for `part_unknown`. */
  amountMinor: minor,
  currency: z.string(),
  provider: z.string(),
  mode,
  method: z.string().nullable(),
  chargeId: z.uuid(),
  providerChargeId: z.string(),
  reference: z.string(),
  checkout: moneysPurchase.nullable(),
});
export type LedgerLine = z.infer<typeof ledgerLine>;

export const ledgerPage = z.object({ day: z.string(), lines: z.array(ledgerLine), next: z.string().nullable() });
export type LedgerPage = z.infer<typeof ledgerPage>;
export { ledgerLinesMax };
