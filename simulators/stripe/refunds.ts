import { invalid, missing, noSuch, refused } from "./errors.ts";
import { announce, type News } from "./events.ts";
import { hashAt, type Params, textAt } from "./form.ts";
import { chargeObject, openDispute, refundObject } from "./objects.ts";
import type { Charge, Refund, StripeAccount } from "./shapes.ts";
import { addBalance, newId, remember, type StripeWorld, secondsNow } from "./world.ts";

const failsAfterDays = 5;
const reasons = ["duplicate", "fraudulent", "requested_by_customer"];

/** `POST /v1/refunds`: all or a part of what is left of a charge. */
export function createRefund(world: StripeWorld, account: StripeAccount, params: Params): Refund {
  const charge = chargeNamed(world, account, params);
  const reason = textAt(params, "reason") ?? null;
  if (reason !== null && !reasons.includes(reason)) throw invalid("reason", `Invalid reason: must be one of ${reasons.join(", ")}`, "");
  const left = charge.amount - charge.amountRefunded;
  const text = textAt(params, "amount");
  if (text !== undefined && !/^[1-9]\d{0,11}$/.test(text)) throw invalid("amount", `Invalid positive integer: ${text}`);
  const amount = text === undefined ? left : Number(text);
  if (left === 0) throw refused(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  const dispute = openDispute(world, charge.id);
  if (dispute && !dispute.isRefundable)
    throw refused(`Charge ${charge.id} has been charged back; cannot issue a refund.`, "charge_disputed");
  if (amount > left) throw refused(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, undefined, "amount");
  if (account.knobs.refunds === "no_balance")
    throw refused(
      "Insufficient funds in Stripe account. In test mode, you can add funds to your available balance.",
      "balance_insufficient",
    );
  return makeRefund(world, account, { charge, amount, reason, metadata: hashAt(params, "metadata") });
}

function chargeNamed(world: StripeWorld, account: StripeAccount, params: Params): Charge {
  const intentId = textAt(params, "payment_intent");
  const chargeId = textAt(params, "charge");
  if (intentId === undefined && chargeId === undefined) throw missing("payment_intent");
  const intent = intentId === undefined ? undefined : world.intents.get(intentId);
  if (intentId !== undefined && intent?.accountId !== account.accountId) throw noSuch("payment_intent", intentId);
  const charge = world.charges.get(chargeId ?? intent?.chargeId ?? "");
  if (chargeId !== undefined && charge?.accountId !== account.accountId) throw noSuch("charge", chargeId);
  if (charge?.status !== "succeeded")
    throw refused(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, "payment_intent_unexpected_state");
  return charge;
}

type NewRefund = { charge: Charge; amount: number; reason: string | null; metadata: Record<string, string> };

/** Also a refund in the panel. The charge counts it at once, also while it is pending. */
export function makeRefund(world: StripeWorld, account: StripeAccount, { charge, amount, reason, metadata }: NewRefund): Refund {
  const { refunds: habit } = account.knobs;
  const isWaiting = habit === "pending" || habit === "insufficient";
  charge.amountRefunded += amount;
  addBalance(world, { accountId: account.accountId, amount: -amount, currency: charge.currency, type: "refund", source: charge.id });
  const refund = remember(world.refunds, {
    id: newId("re_3"),
    accountId: account.accountId,
    chargeId: charge.id,
    intentId: charge.intentId,
    amount,
    currency: charge.currency,
    status: isWaiting ? "pending" : habit === "requires_action" ? "requires_action" : "succeeded",
    pendingReason: habit === "insufficient" ? "insufficient_funds" : habit === "pending" ? "processing" : null,
    failureReason: null,
    reason,
    metadata,
    created: secondsNow(world),
  });
  if (habit === "later") {
    const dueMs = world.clock.now() + failsAfterDays * 86_400_000;
    world.clock.at(dueMs, async () => void (await failRefund(world, refund)));
  }
  return refund;
}

/** Told a moment after the call has answered, as the real service does. */
export function tellOfRefund(world: StripeWorld, account: StripeAccount, refund: Refund): void {
  const news = refundNews(world, refund, "charge.refunded");
  world.clock.at(world.clock.now(), async () => void (await announce(world, { account, knobs: account.knobs }, news)));
}

export function refundNews(
  world: StripeWorld,
  refund: Refund,
  type: "charge.refunded" | "refund.failed" | "charge.refund.updated",
): News[] {
  const charge = world.charges.get(refund.chargeId);
  const reference = world.intents.get(refund.intentId)?.metadata.reference ?? null;
  const object = type === "charge.refunded" && charge ? chargeObject(world, charge) : refundObject(refund);
  return [{ type, object, intentId: refund.intentId, reference }];
}

/** The card was closed meanwhile: the money is back in the merchant's balance. */
export async function failRefund(world: StripeWorld, refund: Refund, reason = "expired_or_canceled_card"): Promise<void> {
  const account = world.accounts.get(refund.accountId);
  const charge = world.charges.get(refund.chargeId);
  if (!account || !charge || refund.status === "failed" || refund.status === "canceled") return;
  Object.assign(refund, { status: "failed", failureReason: reason, pendingReason: null });
  charge.amountRefunded -= refund.amount;
  addBalance(world, {
    accountId: account.accountId,
    amount: refund.amount,
    currency: refund.currency,
    type: "refund_failure",
    source: refund.id,
  });
  await announce(world, { account, knobs: account.knobs }, refundNews(world, refund, "refund.failed"));
}

/** What was waiting for the bank, or for a balance, goes through. */
export async function finishRefund(world: StripeWorld, refund: Refund): Promise<void> {
  const account = world.accounts.get(refund.accountId);
  if (!account || !["pending", "requires_action"].includes(refund.status)) return;
  Object.assign(refund, { status: "succeeded", pendingReason: null });
  await announce(world, { account, knobs: account.knobs }, refundNews(world, refund, "charge.refund.updated"));
}
