import { z } from "zod";
import type { ChargeFact, DisputeFact, PayoutFact, RefundFact } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { fromStripe } from "./amounts.ts";

/** Under these names our words stand in Stripe's metadata. */
export const metadataNames = { reference: "reference", refundKey: "refund_key" } as const;

const id = z.string().min(1).max(255);
const amount = z.int().min(0);
const currency = z.string().regex(/^[a-z]{3}$/);
const seconds = z.int().min(0);
const metadata = z.record(z.string(), z.string()).nullish().catch(null);

const balanceShape = z.object({ fee: z.int(), net: z.int(), currency, available_on: seconds, created: seconds });

export const refundShape = z.object({
  id,
  amount,
  currency,
  status: z.string().max(64).nullable(),
  created: seconds,
  metadata,
  pending_reason: z.string().max(64).nullish(),
  failure_reason: z.string().max(64).nullish(),
});

export const disputeShape = z.object({
  id,
  amount,
  currency,
  status: z.string().min(1).max(64),
  reason: z.string().max(64).nullish(),
  is_charge_refundable: z.boolean(),
  evidence_details: z.object({ due_by: seconds.nullish() }).nullish(),
  balance_transactions: z.array(z.object({ fee: z.int(), currency })).catch([]),
});

const chargeShape = z.object({
  id,
  created: seconds,
  amount,
  amount_refunded: amount,
  disputed: z.boolean(),
  payment_method_details: z.object({ type: z.string().max(64) }).nullish(),
  balance_transaction: z.union([balanceShape, z.string(), z.null()]).optional(),
  refunds: z.object({ data: z.array(refundShape), has_more: z.boolean() }).nullish(),
});

export const intentShape = z.object({
  id,
  status: z.string().min(1).max(64),
  amount,
  amount_received: amount.nullish(),
  currency,
  livemode: z.boolean(),
  metadata,
  canceled_at: seconds.nullish(),
  last_payment_error: z.object({}).nullish(),
  latest_charge: z.union([chargeShape, z.null()]).optional(),
});
export type Intent = z.output<typeof intentShape>;
export type Charge = z.output<typeof chargeShape>;
export type Parts = { refunds: readonly z.output<typeof refundShape>[]; disputes: readonly z.output<typeof disputeShape>[] };

/** Returns null if an amount is none of this currency's. `reference`: of the session, if known. */
export function factOf(intent: Intent, parts: Parts, asked: { isLive: boolean; reference?: string }): ChargeFact | null {
  const charge = intent.latest_charge ?? null;
  const isPaid = intent.status === "succeeded";
  const money = fromStripe(isPaid ? (intent.amount_received ?? intent.amount) : intent.amount, intent.currency);
  if (money === null) return null;
  const refunds = parts.refunds.map(refundFact);
  const disputes = parts.disputes.map(disputeFact);
  const payout = isPaid && charge ? payoutFact(charge, intent.currency) : null;
  return {
    providerChargeId: intent.id,
    // A sale of the merchant's own shop has none of ours.
    reference: intent.metadata?.[metadataNames.reference] ?? asked.reference ?? intent.id,
    state: stateOf(intent, { refunds, disputes }),
    providerStatus: intent.status,
    amountMinor: money,
    currency: intent.currency.toUpperCase(),
    method: charge?.payment_method_details?.type ?? null,
    finalizedAt: finalizedAt(intent),
    ...(isPaid && { refunds, disputes }),
    ...(payout && { payout }),
    ...(intent.livemode !== asked.isLive && { foreign: "environment" as const }),
  };
}

/** https://docs.stripe.com/payments/paymentintents/lifecycle. Unknown words are still pending. */
export function intentState({ status, last_payment_error: lastError }: Pick<Intent, "status" | "last_payment_error">): ChargeState {
  if (status === "succeeded") return "approved";
  if (status === "canceled") return "cancelled";
  return status === "requires_payment_method" && lastError ? "declined" : "pending";
}

/** An inquiry has not moved any money yet. */
function stateOf(intent: Intent, { refunds, disputes }: { refunds: RefundFact[]; disputes: DisputeFact[] }): ChargeState {
  const state = intentState(intent);
  const charge = intent.latest_charge;
  if (state !== "approved" || !charge) return state;
  const taken = disputes.filter(({ kind }) => kind === "dispute");
  if (taken.some((dispute) => dispute.state === "lost")) return "charged_back";
  if (taken.some((dispute) => dispute.state !== "won")) return "disputed";
  if (charge.amount_refunded === 0) return state;
  if (charge.amount_refunded < charge.amount) return "partly_refunded";
  return refunds.some((refund) => refund.state === "pending" || refund.state === "short_of_balance") ? "refunding" : "refunded";
}

/** A delayed method makes its charge long before the money: the entry in the balance tells when. */
function finalizedAt(intent: Intent): Date | null {
  const charge = intent.latest_charge;
  const state = intentState(intent);
  if (state === "pending") return null;
  if (state === "cancelled") return dateOf(intent.canceled_at);
  const booked = typeof charge?.balance_transaction === "object" ? charge.balance_transaction?.created : undefined;
  return charge ? dateOf(Math.max(charge.created, booked ?? 0)) : null;
}

const dateOf = (unixSeconds: number | null | undefined): Date | null =>
  unixSeconds === null || unixSeconds === undefined ? null : new Date(unixSeconds * 1000);

export function refundFact(refund: z.output<typeof refundShape>): RefundFact {
  return {
    providerRefundId: refund.id,
    amountMinor: fromStripe(refund.amount, refund.currency) ?? 0,
    state: refundState(refund),
    providerStatus: [refund.status, refund.pending_reason ?? refund.failure_reason].filter(Boolean).join(" "),
    at: dateOf(refund.created),
    idempotencyKey: refund.metadata?.[metadataNames.refundKey] ?? null,
  };
}

/** https://docs.stripe.com/refunds. `requires_action`: the customer must say where to. */
function refundState({ status, pending_reason: why }: z.output<typeof refundShape>): RefundFact["state"] {
  if (status === "succeeded") return "done";
  if (status === "failed" || status === "canceled") return "failed";
  return why === "insufficient_funds" ? "short_of_balance" : "pending";
}

function disputeFact(dispute: z.output<typeof disputeShape>): DisputeFact {
  const fees = dispute.balance_transactions.filter((entry) => entry.currency === dispute.currency);
  const fee = fees.reduce((sum, entry) => sum + entry.fee, 0);
  return {
    providerDisputeId: dispute.id,
    // https://docs.stripe.com/disputes/how-disputes-work#inquiries
    kind: dispute.status.startsWith("warning_") ? "inquiry" : "dispute",
    state: disputeState(dispute.status),
    providerStatus: dispute.status,
    amountMinor: fromStripe(dispute.amount, dispute.currency) ?? 0,
    feeMinor: fees.length > 0 ? fromStripe(fee, dispute.currency) : null,
    reason: dispute.reason ?? null,
    evidenceDueAt: dispute.evidence_details?.due_by ? dateOf(dispute.evidence_details.due_by) : null,
    isRefundable: dispute.is_charge_refundable,
  };
}

function disputeState(status: string): DisputeFact["state"] {
  if (["won", "warning_closed", "prevented"].includes(status)) return "won";
  if (status === "lost") return "lost";
  return status.endsWith("needs_response") ? "needs_response" : "under_review";
}

/** The balance may be kept in another currency than the customer paid in. */
function payoutFact({ balance_transaction: entry }: Charge, paidIn: string): PayoutFact | null {
  if (typeof entry !== "object" || entry === null) return null;
  const isSame = entry.currency === paidIn;
  return {
    feeMinor: isSame ? fromStripe(entry.fee, entry.currency) : null,
    netMinor: isSame ? fromStripe(entry.net, entry.currency) : null,
    // In the balance. How often the balance is paid out, the merchant decides in the panel.
    arrivesAt: dateOf(entry.available_on),
  };
}
