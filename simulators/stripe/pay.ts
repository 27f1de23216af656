import { openDisputeOf } from "./disputes.ts";
import { announce, type News } from "./events.ts";
import { apiKnobsOf, defaultKnobs, type Knobs, type SomeKnobs, withKnobs } from "./knobs.ts";
import { chargeObject, intentObject, sessionObject } from "./objects.ts";
import { blankSession, expiredNews } from "./sessions.ts";
import type { Charge, Intent, Method, Session, StripeAccount, StripeEvent } from "./shapes.ts";
import { addBalance, newId, remember, type StripeWorld, secondsNow } from "./world.ts";

export const outcomes = ["approve", "close", "decline", "decline_then_retry", "error", "pending", "abandon"] as const;
export type Outcome = (typeof outcomes)[number];

export type Problem = NonNullable<Intent["lastError"]>;
const decline = (declineCode: string, message: string, code = "card_declined"): Problem => ({ code, declineCode, message });

/** https://docs.stripe.com/testing. Any other number is accepted. */
export const testCards: Record<string, { problem?: Problem; isAuthenticated?: boolean; isDisputed?: "fraudulent" | "inquiry" }> = {
  "4242424242424242": {},
  "4000000000000002": { problem: decline("generic_decline", "Your card was declined.") },
  "4000000000009995": { problem: decline("insufficient_funds", "Your card has insufficient funds.") },
  "4000000000000069": { problem: decline("expired_card", "Your card has expired.", "expired_card") },
  "4000000000000127": { problem: decline("incorrect_cvc", "Your card's security code is incorrect.", "incorrect_cvc") },
  "4000000000000119": { problem: decline("processing_error", "An error occurred while processing your card.", "processing_error") },
  "4000000000000259": { isDisputed: "fraudulent" },
  "4000000000001976": { isDisputed: "inquiry" },
  "4000002500003155": { isAuthenticated: true },
};
export const usualCard = "4242424242424242";
export const declinedCard = "4000000000000002";

export type Paid = {
  outcome: Outcome;
  reference: string;
  intentIds: string[];
  status: string | null;
  /** The address that the real page would open. Null when the buyer stays or has gone. */
  redirectUrl: string | null;
  events: StripeEvent[];
};
type Choice = { outcome: Outcome; method: Method; card: string; changes: SomeKnobs };

/** Does what a press of the hosted page's button does. */
export async function pay(
  world: StripeWorld,
  { account, session }: { account: StripeAccount; session: Session },
  choice: Choice,
): Promise<Paid> {
  const { outcome, changes } = choice;
  const reference = session.clientReferenceId ?? "";
  if (outcome === "abandon") return { outcome, reference, intentIds: [], status: null, redirectUrl: null, events: [] };
  account.knobs = withKnobs(account.knobs, apiKnobsOf(changes));
  const knobs = withKnobs(account.knobs, changes);
  const intent = intentOf(world, session, { knobs, method: outcome === "pending" ? "oxxo" : choice.method });
  const news = newsOf(world, { session, intent, knobs, choice });
  const second = outcome === "approve" && knobs.payments === 2 ? payBeside(world, intent) : [];
  const events = await announce(world, { account, knobs }, [...news, ...second.flatMap((each) => each.news)]);
  if (knobs.lateExpired === "on") tellExpiredLater(world, account, session);
  const ids = [intent.id, ...second.map((each) => each.intent.id)];
  return { outcome, reference, intentIds: ids, status: intent.status, redirectUrl: redirectOf(session, outcome), events };
}

function newsOf(
  world: StripeWorld,
  { session, intent, knobs, choice }: { session: Session; intent: Intent; knobs: Knobs; choice: Choice },
): News[] {
  const { outcome, card } = choice;
  const byCard = testCards[card.replaceAll(/\D/g, "")] ?? {};
  const problem =
    outcome === "error" ? testCards["4000000000000119"]?.problem : isDecline(outcome) ? testCards[declinedCard]?.problem : byCard.problem;
  if (problem) return fail(world, intent, problem);
  if (intent.method !== "card") return complete(world, session, intent);
  const news = succeed(world, intent, { knobs, cardLast4: card.replaceAll(/\D/g, "").slice(-4) || "4242" });
  if (knobs.unknownStatus !== undefined) return complete(world, session, intent);
  session.status = "complete";
  session.paymentStatus = "paid";
  const paid = [...news, sessionNews(world, session, "checkout.session.completed")];
  return byCard.isDisputed ? [...paid, ...openDisputeOf(world, intent, byCard.isDisputed === "inquiry" ? "inquiry" : "dispute")] : paid;
}

const isDecline = (outcome: Outcome): boolean => outcome === "decline" || outcome === "decline_then_retry";

/** The real page stays after a decline; who gives up goes back by its arrow. */
function redirectOf(session: Session, outcome: Outcome): string | null {
  if (outcome === "close" || outcome === "decline_then_retry") return null;
  const url = isDecline(outcome) || outcome === "error" ? (session.cancelUrl ?? session.successUrl) : session.successUrl;
  return url.replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

/** Made when somebody tries to pay: all tries on a page are one payment's. */
function intentOf(world: StripeWorld, session: Session, { knobs, method }: { knobs: Knobs; method: Method }): Intent {
  const known = session.intentId === null ? undefined : world.intents.get(session.intentId);
  const intent =
    known ??
    newIntent(world, {
      accountId: session.accountId,
      amount: knobs.amount ?? session.amountTotal,
      currency: knobs.currency ?? session.currency,
      metadata: session.intentMetadata,
      description: session.intentDescription,
      sessionId: session.id,
    });
  intent.method = method;
  intent.lagReadsLeft = knobs.apiLag;
  session.intentId = intent.id;
  return intent;
}

type NewIntent = Pick<Intent, "accountId" | "amount" | "currency" | "metadata" | "description" | "sessionId"> & { id?: string | undefined };

function newIntent(world: StripeWorld, input: NewIntent): Intent {
  return remember(world.intents, { ...blankIntent(world), ...input, id: input.id ?? newId("pi_3") });
}

/** Of no account and no money yet. */
const blankIntent = (world: StripeWorld) => ({
  status: "requires_payment_method",
  method: "card" as Method,
  created: secondsNow(world),
  canceledAt: null,
  lastError: null,
  chargeId: null,
  lagReadsLeft: 0,
});

function succeed(world: StripeWorld, intent: Intent, { knobs, cardLast4 = "4242" }: { knobs: Knobs; cardLast4?: string }): News[] {
  const charge = newCharge(world, intent, { status: "succeeded", failure: null, cardLast4 });
  const fee = Math.round(intent.amount * 0.029);
  const { accountId, amount, currency } = intent;
  charge.balanceTransactionId = addBalance(world, { accountId, amount, currency, fee, type: "charge", source: charge.id }).id;
  Object.assign(intent, { status: knobs.unknownStatus ?? "succeeded", lastError: null, lagReadsLeft: knobs.apiLag });
  return [intentNews(world, intent, "payment_intent.succeeded"), chargeNews(world, charge, "charge.succeeded")];
}

export function fail(world: StripeWorld, intent: Intent, problem: Problem): News[] {
  newCharge(world, intent, { status: "failed", failure: problem, cardLast4: "0002" });
  Object.assign(intent, { status: "requires_payment_method", lastError: problem });
  return [intentNews(world, intent, "payment_intent.payment_failed")];
}

/** A delayed method: the session is complete, and the money comes later or never. */
function complete(world: StripeWorld, session: Session, intent: Intent): News[] {
  if (intent.method !== "card") Object.assign(intent, { status: "requires_action", lastError: null });
  session.status = "complete";
  return [sessionNews(world, session, "checkout.session.completed")];
}

function newCharge(world: StripeWorld, intent: Intent, given: Pick<Charge, "status" | "failure" | "cardLast4">): Charge {
  const { accountId, amount, currency, method } = intent;
  const charge = remember(world.charges, {
    ...{ accountId, amount, currency, method, ...given },
    id: newId("ch_3"),
    intentId: intent.id,
    amountRefunded: 0,
    disputed: false,
    created: secondsNow(world),
    balanceTransactionId: null,
  });
  intent.chargeId = charge.id;
  return charge;
}

/** The bank's late answer, from whatever state the payment is in. */
export function decide(world: StripeWorld, intent: Intent, { isApproved, knobs }: { isApproved: boolean; knobs: Knobs }): News[] {
  const session = intent.sessionId === null ? undefined : world.sessions.get(intent.sessionId);
  const isDelayed = session?.status === "complete" && session.paymentStatus === "unpaid";
  if (!isApproved) {
    const news = fail(world, intent, decline("generic_decline", "The payment failed."));
    return session && isDelayed ? [sessionNews(world, session, "checkout.session.async_payment_failed")] : news;
  }
  const news = succeed(world, intent, { knobs });
  if (!session) return news;
  if (knobs.unknownStatus === undefined) Object.assign(session, { status: "complete", paymentStatus: "paid" });
  return [...news, sessionNews(world, session, isDelayed ? "checkout.session.async_payment_succeeded" : "checkout.session.completed")];
}

/** A second payment under the same reference, which another system of the merchant made. */
function payBeside(world: StripeWorld, { accountId, amount, currency, metadata }: Intent): { intent: Intent; news: News[] }[] {
  const reference = metadata.reference ?? "";
  const intent = strangeIntent(world, { accountId, amount, currency, reference });
  return [{ intent, news: decide(world, intent, { isApproved: true, knobs: defaultKnobs }) }];
}

type Strange = { accountId: string; reference: string; amount: number; currency: string; id?: string | undefined };

/** In a session that is not ours, and not paid yet. */
export function strangeIntent(world: StripeWorld, strange: Strange): Intent {
  const { accountId, amount, currency, reference, id } = strange;
  const session = remember(world.sessions, blankSession(world, strange));
  const intent = newIntent(world, { id, accountId, amount, currency, metadata: { reference }, description: null, sessionId: session.id });
  session.intentId = intent.id;
  return intent;
}

/** The event of a payment that the API does not know. */
export function imaginedNews(world: StripeWorld, strange: Strange & { status: "succeeded" | "processing" | "declined" }): News {
  const { accountId, amount, currency, reference, status } = strange;
  const intent: Intent = {
    ...blankIntent(world),
    ...{ id: strange.id ?? newId("pi_3"), accountId, amount, currency, metadata: { reference }, description: null, sessionId: null },
  };
  if (status === "declined")
    return intentNews(world, { ...intent, lastError: testCards[declinedCard]?.problem ?? null }, "payment_intent.payment_failed");
  const session = blankSession(world, strange);
  const paymentStatus = status === "succeeded" ? "paid" : "unpaid";
  return sessionNews(world, { ...session, status: "complete", paymentStatus, intentId: intent.id }, "checkout.session.completed");
}

/** What happens to a payment that is not ours. */
export function bring(world: StripeWorld, intent: Intent, status: "succeeded" | "processing" | "declined"): News[] {
  const session = world.sessions.get(intent.sessionId ?? "");
  if (status !== "processing" || !session) return decide(world, intent, { isApproved: status === "succeeded", knobs: defaultKnobs });
  intent.method = "oxxo";
  return complete(world, session, intent);
}

/** A real failure: the session's own expiry is told although the order was paid. */
function tellExpiredLater(world: StripeWorld, account: StripeAccount, session: Session): void {
  const news = expiredNews(world, { ...session, status: "expired", paymentStatus: "unpaid" });
  world.clock.at(world.clock.now() + 86_400_000, async () => void (await announce(world, { account, knobs: account.knobs }, [news])));
}

const referenceOf = (intent: Intent | undefined): string | null => intent?.metadata.reference ?? null;

const intentNews = (world: StripeWorld, intent: Intent, type: string): News => ({
  type,
  object: intentObject(world, intent),
  intentId: intent.id,
  reference: referenceOf(intent),
});

const chargeNews = (world: StripeWorld, charge: Charge, type: string): News => ({
  type,
  object: chargeObject(world, charge),
  intentId: charge.intentId,
  reference: referenceOf(world.intents.get(charge.intentId)),
});

const sessionNews = (world: StripeWorld, session: Session, type: string): News => ({
  type,
  object: sessionObject(world, session),
  intentId: session.intentId,
  reference: session.clientReferenceId,
});
