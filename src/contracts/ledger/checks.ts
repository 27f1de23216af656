import { z } from "zod";
import { checkDifferenceKinds, checkOutcomes } from "#domain/ledger/settlement-check.ts";

export const settlementChecks = z.object({
  /** The newest day first, of the last two weeks. */
  checks: z.array(
    z.object({
      id: z.uuid(),
      connectionId: z.uuid(),
      provider: z.string(),
      day: z.string(),
      outcome: z.enum(checkOutcomes),
      listed: z.int(),
      notOurs: z.int(),
      own: z.int(),
      /** Of `not_known`: what was missing, in the provider's or our words. */
      why: z.string().nullable(),
      askedAt: z.iso.datetime(),
      /** Of `not_known`: when it is tried again. */
      nextAt: z.iso.datetime().nullable(),
    }),
  ),
  /** What is not over, the newest first. At most 100. */
  differences: z.array(
    z.object({
      id: z.uuid(),
      provider: z.string(),
      kind: z.enum(checkDifferenceKinds),
      day: z.string(),
      providerChargeId: z.string(),
      reference: z.string(),
      /** A state, or minor units and currency. It is null for what is not there. */
      there: z.string().nullable(),
      here: z.string().nullable(),
      foundAt: z.iso.datetime(),
      paymentId: z.uuid().nullable(),
      checkoutId: z.uuid().nullable(),
      checkoutKind: z.string().nullable(),
    }),
  ),
  /** Connections in use, by whether their provider lists its charges. */
  connections: z.array(z.object({ id: z.uuid(), provider: z.string(), lists: z.boolean() })),
});
export type SettlementChecks = z.infer<typeof settlementChecks>;
