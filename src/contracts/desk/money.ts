import { z } from "zod";
import { attentionKinds } from "../attention.ts";
import { deskRefundCase } from "./booking.ts";
import { proofLengthMax } from "./limits.ts";

export const refundCasesPageMax = 100;

/** `waiting`: the nearest deadline first. `done`: the newest first. */
export const refundCaseViews = ["waiting", "done"] as const;
export const refundCasesQuery = z.object({
  view: z.enum(refundCaseViews).default("waiting"),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(refundCasesPageMax).default(50),
});

export const refundCaseRow = deskRefundCase.extend({
  provider: z.string(),
  /** As the provider's panel lists them. */
  providerChargeId: z.string(),
  reference: z.string(),
  /** A person must send this money back. */
  isByHand: z.boolean(),
  isLate: z.boolean(),
  /** Files that prove it, the oldest first: GET /api/refund-cases/{id}/proofs/{proof}. */
  proofFiles: z.array(
    z.object({ id: z.uuid(), name: z.string(), type: z.enum(["image/jpeg", "application/pdf"]), bytes: z.int(), at: z.iso.datetime() }),
  ),
  /** Null for money that came without a purchase. */
  checkout: z.object({ id: z.uuid(), kind: z.string(), customerName: z.string(), customerEmail: z.string() }).nullable(),
});
export type RefundCaseListed = z.infer<typeof refundCaseRow>;
export const refundCasePage = z.object({ refundCases: z.array(refundCaseRow), next: z.string().nullable() });
export type RefundCasePage = z.infer<typeof refundCasePage>;

/** A receipt, a bank's reference, who was paid and when. */
export const refundProof = z.strictObject({ proof: z.string().trim().min(3).max(proofLengthMax) });

export const waitListed = z.object({
  kind: z.enum(attentionKinds),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  since: z.iso.datetime(),
  /** The booking or order that it is about. */
  checkoutId: z.uuid().nullable(),
  /** `booking`, `rest` or `order`. */
  checkoutKind: z.string().nullable(),
});
export type WaitListed = z.infer<typeof waitListed>;

export const merchantAttention = z.object({
  items: z.array(waitListed),
  /** Approved payments that are neither a purchase nor a refund case. It should be empty. */
  neither: z.array(
    z.object({ chargeId: z.uuid(), providerChargeId: z.string(), amountMinor: z.int(), currency: z.string(), since: z.iso.datetime() }),
  ),
  /** Since when every payment is looked at. */
  watchedSince: z.iso.datetime(),
});
export type MerchantAttention = z.infer<typeof merchantAttention>;
