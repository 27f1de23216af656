import { z } from "zod";
import type { ChargeState } from "#domain/payment-states.ts";
import { pesos } from "./api.ts";

const word = z.string().min(1).max(255);
/** What is not as documented here counts as not told. */
const told = <Shape extends z.ZodType>(shape: Shape) => shape.nullish().catch(null);

/**
 * A webhook, and a row of the notifications, whose sample lacks the currency:
 * https://developers.bold.co/webhook
 */
export const notificationShape = z
  .object({
    type: z.string().min(1).max(64),
    data: z.object({
      payment_id: word,
      created_at: told(z.string().max(64)),
      amount: z.object({ total: pesos, tip: pesos.nullish(), currency: told(z.string().regex(/^[A-Z]{3}$/)) }),
      metadata: told(z.object({ reference: told(word) })),
      payment_method: told(z.string().max(64)),
    }),
  })
  .refine(({ data }) => (data.amount.tip ?? 0) <= data.amount.total, { path: ["data", "amount", "tip"] });
export type Notification = z.output<typeof notificationShape>;

/** `total` holds the tip: https://developers.bold.co/webhook shows taxes' base, value and tip. */
export function moneyOf({ data: { amount } }: Notification) {
  const tipMinor = amount.tip ?? 0;
  return { amountMinor: amount.total - tipMinor, ...(tipMinor > 0 && { tipMinor }) };
}

/** There is no word for "pending". An unknown word means it: never money, never a failure. */
export const stateOfType = (type: string): ChargeState => (Object.hasOwn(typeStates, type) ? (typeStates[type] ?? "pending") : "pending");

const typeStates: Record<string, ChargeState> = {
  SALE_APPROVED: "approved",
  SALE_REJECTED: "declined",
  VOID_APPROVED: "voided",
  // The sale stands.
  VOID_REJECTED: "approved",
};

export function dateOf(text: string | null | undefined): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
