import { z } from "zod";

const count = z.int().min(0);

export const sessionStats = z.object({
  from: z.iso.datetime({ offset: true }),
  active: count.describe("May still be paid at this moment, whenever they began."),
  processed: count.describe("Paid: an order was made."),
  expired: count,
  cancelled: count,
  conversion: z.number().min(0).max(1).nullable().describe("Of those that have ended, the part that was paid. Null if none has."),
  values: z
    .array(z.object({ currency: z.string(), orders: count, total: z.number().min(0), totalMinor: count, medianMinor: count }))
    .describe("What the paid ones brought, by currency."),
  medianMinutesToPay: z.number().min(0).nullable(),
});
export type SessionStats = z.infer<typeof sessionStats>;

export const cleanedSessions = z.object({
  success: z.literal(true),
  expired: count.describe("Were over and free their stock now."),
  deleted: count.describe("Were over, and their provider has said that nothing can come any more."),
  deletedCarts: count.describe("Nobody had touched them for 60 days."),
});
export type CleanedSessions = z.infer<typeof cleanedSessions>;
