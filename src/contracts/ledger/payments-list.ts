import { z } from "zod";
import { chargeStates } from "#domain/ledger/money-moves.ts";
import { refundReasons, refundStates } from "#domain/refund-policy.ts";
import { calendarDate } from "../dates.ts";
import { paymentSearchLengthMax, paymentsPerPageMax } from "./limits.ts";
import { moneysPurchase } from "./purchase.ts";

export const paymentFilters = z.object({
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  provider: z
    .string()
    .regex(/^[a-z][a-z_0-9]{0,39}$/)
    .optional(),
  state: z.enum(chargeStates).optional(),
  search: z.string().trim().max(paymentSearchLengthMax).optional(),
});
export type PaymentFilters = z.infer<typeof paymentFilters>;

export const paymentsQuery = paymentFilters.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(paymentsPerPageMax).optional(),
});

const amountMinor = z.int().min(0);

export const paymentRow = z.object({
  id: z.uuid(),
  /** When the provider approved it; else when we first heard of it. */
  at: z.iso.datetime(),
  reference: z.string(),
  provider: z.string(),
  mode: z.enum(["test", "production"]),
  /** The provider's own id. */
  providerChargeId: z.string(),
  method: z.string().nullable(),
  state: z.enum(chargeStates),
  amountMinor,
  currency: z.string(),
  /** What the provider keeps. Is null where that is not known, and for what was not paid. */
  feeMinor: z.int().nullable(),
  /** Whether the provider said it; else it is about, by the rates that it publishes. */
  isFeeTold: z.boolean(),
  /** What arrives, and when, as the provider told; null: it does not tell. */
  netMinor: z.int().nullable(),
  arrivesAt: z.iso.datetime().nullable(),
  /** What the customer added on the provider's page, beside the amount. */
  tipMinor: amountMinor,
  /** By refund cases that are done. */
  refundedMinor: amountMinor,
  /** Null for money that came without a purchase. */
  checkout: moneysPurchase.nullable(),
  /** What came of the money. Is null for nothing, or if there was none. */
  outcome: z.enum(["booked", "refund_case"]).nullable(),
  /** The newest one. */
  refundCase: z.object({ id: z.uuid(), state: z.enum(refundStates), reason: z.enum(refundReasons) }).nullable(),
});
export type PaymentRow = z.infer<typeof paymentRow>;

export const paymentsPage = z.object({ payments: z.array(paymentRow), nextCursor: z.string().nullable() });
export type PaymentsPage = z.infer<typeof paymentsPage>;
