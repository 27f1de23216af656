import type { News } from "./events.ts";
import { disputeObject } from "./objects.ts";
import type { Dispute, Intent } from "./shapes.ts";
import { addBalance, newId, remember, type StripeWorld, secondsNow } from "./world.ts";

const answerDays = 9;
/** What a bank's dispute costs, in the hundredth part of the amount and at least this. */
const feeMin = 1500;

/** A dispute takes the money and a fee at once. An inquiry takes nothing and can be refunded. */
export function openDisputeOf(world: StripeWorld, intent: Intent, kind: "dispute" | "inquiry", amount?: number): News[] {
  const charge = intent.chargeId === null ? undefined : world.charges.get(intent.chargeId);
  if (charge?.status !== "succeeded") return [];
  const dispute = remember<Dispute>(world.disputes, {
    id: newId("du_1"),
    accountId: charge.accountId,
    chargeId: charge.id,
    intentId: intent.id,
    amount: amount ?? charge.amount,
    currency: charge.currency,
    status: kind === "inquiry" ? "warning_needs_response" : "needs_response",
    reason: kind === "inquiry" ? "product_not_received" : "fraudulent",
    isRefundable: kind === "inquiry",
    dueBy: secondsNow(world) + answerDays * 86_400,
    balanceTransactionIds: [],
    created: secondsNow(world),
  });
  charge.disputed = true;
  if (kind === "inquiry") return [disputeNews(world, dispute, "charge.dispute.created")];
  move(world, dispute, -dispute.amount, Math.max(feeMin, Math.round(dispute.amount / 100)));
  return [disputeNews(world, dispute, "charge.dispute.created"), disputeNews(world, dispute, "charge.dispute.funds_withdrawn")];
}

/** An inquiry that the bank makes a dispute of. */
export function escalate(world: StripeWorld, dispute: Dispute): News[] {
  Object.assign(dispute, { status: "needs_response", isRefundable: false });
  move(world, dispute, -dispute.amount, Math.max(feeMin, Math.round(dispute.amount / 100)));
  return [disputeNews(world, dispute, "charge.dispute.updated"), disputeNews(world, dispute, "charge.dispute.funds_withdrawn")];
}

/** The fee stays with Stripe, whoever wins. */
export function closeDispute(world: StripeWorld, dispute: Dispute, decision: "won" | "lost"): News[] {
  if (dispute.status.startsWith("warning_")) {
    dispute.status = "warning_closed";
    return [disputeNews(world, dispute, "charge.dispute.closed")];
  }
  dispute.status = decision;
  dispute.isRefundable = false;
  if (decision === "won") move(world, dispute, dispute.amount, 0);
  const closed = disputeNews(world, dispute, "charge.dispute.closed");
  return decision === "won" ? [closed, disputeNews(world, dispute, "charge.dispute.funds_reinstated")] : [closed];
}

function move(world: StripeWorld, dispute: Dispute, amount: number, fee: number): void {
  const { accountId, currency, id: source } = dispute;
  dispute.balanceTransactionIds.push(addBalance(world, { accountId, currency, source, amount, fee, type: "adjustment" }).id);
}

const disputeNews = (world: StripeWorld, dispute: Dispute, type: string): News => ({
  type,
  object: disputeObject(world, dispute),
  intentId: dispute.intentId,
  reference: world.intents.get(dispute.intentId)?.metadata.reference ?? null,
});
