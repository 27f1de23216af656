import { z } from "zod";
import type { ChargeFact, RefundAnswer, RefundFact, RefundRequest } from "#domain/payment-provider.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { toStripe } from "./amounts.ts";
import { metadataNames, refundFact, refundShape } from "./charge-fact.ts";
import { findCharge, type Place } from "./charges.ts";
import { ask } from "./client.ts";
import { failure, failureOf, problemOf, type StripeProblem } from "./failures.ts";

/**
 * Refunds a part or the whole. Stripe keeps an idempotency key for a day at least, so our key is
 * also written into the refund: an older refund under it answers for itself.
 */
export async function refund(place: Place, request: RefundRequest): Promise<RefundAnswer> {
  if (request.method !== "refund") return refused("not_offered", "not_offered");
  const charge = await findCharge(place, request.providerChargeId);
  if (!charge) return refused("resource_missing", "charge_unknown");
  const ours = charge.refunds?.find(({ idempotencyKey }) => idempotencyKey === request.idempotencyKey);
  if (ours) return answerOf(ours);
  const why = reasonAgainst(charge, request);
  return why ? refused(charge.providerStatus, why) : send(place, request);
}

function reasonAgainst(charge: ChargeFact, { currency }: RefundRequest): string | null {
  if (charge.currency !== currency) return "other_currency";
  if (charge.disputes?.some(({ state, isRefundable }) => state !== "won" && !isRefundable)) return "charge_disputed";
  if (charge.state === "refunded" || charge.state === "refunding") return "charge_already_refunded";
  const mayGoBack = ["approved", "partly_refunded", "disputed"].includes(charge.state);
  return mayGoBack ? null : "charge_not_approved";
}

async function send({ api }: Place, request: RefundRequest): Promise<RefundAnswer> {
  const { providerChargeId, amountMinor, currency, idempotencyKey: key } = request;
  const amount = toStripe(amountMinor, currency);
  if (amount === null) return refused("refused", "amount_not_taken");
  const reference = request.payment?.reference;
  const metadata = { [metadataNames.refundKey]: key, ...(reference && { [metadataNames.reference]: reference }) };
  const params = { payment_intent: providerChargeId, amount, metadata };
  const post = (idempotencyKey: string) =>
    ask(api, "the refund", async (stripe) => {
      try {
        return { refund: await stripe.refunds.create(params, { idempotencyKey }), problem: null };
      } catch (error) {
        const problem = problemOf(error);
        if (problem && isNo(problem)) return { refund: null, problem };
        throw failureOf(error, "the refund");
      }
    });
  const first = await post(`refund-${key}`);
  // Stripe repeats its first answer for a day. An old "no" made no refund, so it is asked anew.
  const answer = first.problem?.isReplayed ? await post(`refund-${key}-${Math.floor(databaseNow() / askAnewMs)}`) : first;
  if (answer.problem) return refused(answer.problem.code ?? answer.problem.type, detailOf(answer.problem));
  const made = refundShape.safeParse(answer.refund);
  if (!made.success) throw failure("unexpected_reply", "the refund is not as documented");
  return answerOf(refundFact(made.data));
}

const askAnewMs = 600_000;

/** https://docs.stripe.com/error-codes. Other 4xx mean that the request or the key is wrong. */
const isNo = ({ statusCode, type }: StripeProblem): boolean =>
  (statusCode === 400 || statusCode === 402 || statusCode === 404) && type !== "StripeIdempotencyError";

/** Codes for the catalogues, where Stripe has several for one thing. */
const details: Readonly<Record<string, string>> = {
  resource_missing: "charge_unknown",
  balance_insufficient: "short_of_balance",
  insufficient_funds: "short_of_balance",
  payment_intent_unexpected_state: "charge_not_approved",
};
const codeShape = z.string().regex(/^[a-z_]{1,64}$/);

function detailOf({ code }: StripeProblem): string {
  const known = codeShape.safeParse(code).data;
  return known === undefined ? "refused" : (details[known] ?? known);
}

/** It may fail days later, so not even a refund that succeeded is the end: the charge is. */
function answerOf({ providerRefundId, providerStatus, state }: RefundFact): RefundAnswer {
  const detail = state === "short_of_balance" ? "short_of_balance" : state === "failed" ? "refund_failed" : null;
  return { result: state === "failed" ? "refused" : "accepted", providerRefundId, providerStatus, detail };
}

const refused = (providerStatus: string, detail: string): RefundAnswer => ({
  result: "refused",
  providerRefundId: null,
  providerStatus,
  detail,
});
