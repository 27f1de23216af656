import { z } from "zod";
import { disputeKinds, disputeStates } from "#domain/money-back/disputes.ts";

const instant = z.iso.datetime();
const minor = z.int().min(0);

export const disputesPageMax = 100;

export const deskDispute = z.object({
  id: z.uuid(),
  providerDisputeId: z.string(),
  kind: z.enum(disputeKinds),
  state: z.enum(disputeStates),
  /** The provider's own word. */
  providerStatus: z.string(),
  amountMinor: minor,
  currency: z.string(),
  /** What the provider keeps for it, beside the amount. Null if it does not say. */
  feeMinor: minor.nullable(),
  /** In the provider's word. */
  reason: z.string().nullable(),
  evidenceDueAt: instant.nullable(),
  /** Whether the provider still takes a refund of the charge. */
  isRefundable: z.boolean(),
  openedAt: instant,
});
export type DeskDispute = z.infer<typeof deskDispute>;

/** A part of a charge that somebody sent back in the provider's panel. */
export const outsideRefund = z.object({
  id: z.uuid(),
  providerRefundId: z.string(),
  amountMinor: minor,
  currency: z.string(),
  state: z.enum(["pending", "short_of_balance", "done", "failed"]),
  at: instant,
});
export type OutsideRefund = z.infer<typeof outsideRefund>;

export const disputesQuery = z.object({ open: z.enum(["true", "false"]).default("true") });

export const disputeListed = deskDispute.extend({
  provider: z.string(),
  providerChargeId: z.string(),
  checkout: z.object({ id: z.uuid(), kind: z.string(), customerName: z.string() }).nullable(),
});
export type DisputeListed = z.infer<typeof disputeListed>;
export const disputeList = z.object({ disputes: z.array(disputeListed) });
export type DisputeList = z.infer<typeof disputeList>;

/** What a bank may want to see. It holds no card's data, because none is stored. */
export type Evidence = {
  language: string;
  country: string;
  timezone: string;
  tenantName: string;
  madeAt: string;
  dispute: DeskDispute;
  payment: { provider: string; providerChargeId: string; reference: string; amountMinor: number; currency: string; paidAt: string };
  customer: { name: string; email: string; phone: string } | null;
  terms: { acceptedAt: string; text: string | null; changedAt: string | null } | null;
  appointment: {
    service: string;
    professional: string;
    start: string;
    end: string;
    status: string;
    online: boolean;
    attendance: { word: string; at: string } | null;
  } | null;
  mails: { job: string; at: string }[];
  visits: { openedAt: string; detailsAt: string | null; paymentAt: string | null }[];
  refunds: { amountMinor: number; currency: string; state: string; at: string; isOutside: boolean }[];
  events: { kind: string; at: string }[];
};
