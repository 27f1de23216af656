import { invalid, missing, refused, StripeRefusal } from "./errors.ts";
import { announce, type News } from "./events.ts";
import { at, hashAt, type Params, textAt, textsAt } from "./form.ts";
import { sessionObject } from "./objects.ts";
import type { Session, StripeAccount } from "./shapes.ts";
import { isLive, newId, remember, type StripeWorld, secondsNow } from "./world.ts";

const minutesMin = 30;
const hoursMax = 24;
const referenceLengthMax = 200;

/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, where it says one. */
const minimums: Record<string, number> = { usd: 50, eur: 50, mxn: 1000, brl: 50, gbp: 30, jpy: 50, cop: 200_000, clp: 500, isk: 7500 };
const currencies = new Set([
  ..."usd eur gbp cad aud nzd chf sek nok dkk pln mxn brl cop pen clp ars uyu jpy isk krw ugx mga crc gtq dop bob".split(" "),
]);

export type CreatePlace = { account: StripeAccount; pageUrl: string };

/** `POST /v1/checkout/sessions`: what is validated, in the real service's words. */
export function createSession(world: StripeWorld, { account, pageUrl }: CreatePlace, params: Params): Session {
  const now = secondsNow(world);
  const mode = textAt(params, "mode") ?? "payment";
  if (mode !== "payment") throw invalid("mode", "The simulator knows payments only.", "parameter_unknown");
  const successUrl = urlOf(params, "success_url");
  if (successUrl === null) throw missing("success_url");
  const line = readLine(params);
  const reference = textAt(params, "client_reference_id") ?? null;
  if (reference !== null && reference.length > referenceLengthMax)
    throw invalid("client_reference_id", `Invalid string: must be at most ${referenceLengthMax} characters`, "parameter_invalid_string");
  const email = textAt(params, "customer_email") ?? null;
  if (email !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw invalid("customer_email", `Invalid email address: ${email}`, "email_invalid");
  const id = `${isLive(account) ? "cs_live_a1" : "cs_test_a1"}${newId("", 54)}`;
  return remember(world.sessions, {
    id,
    accountId: account.accountId,
    status: "open",
    paymentStatus: "unpaid",
    amountTotal: line.amount,
    currency: line.currency,
    itemName: line.name,
    clientReferenceId: reference,
    metadata: hashAt(params, "metadata"),
    intentMetadata: hashAt(params, "payment_intent_data", "metadata"),
    intentDescription: textAt(params, "payment_intent_data", "description") ?? null,
    customerEmail: email,
    locale: textAt(params, "locale") ?? null,
    successUrl,
    cancelUrl: urlOf(params, "cancel_url"),
    created: now,
    expiresAt: expiryOf(params, now),
    excludedMethods: textsAt(params, "excluded_payment_method_types"),
    intentId: null,
    url: `${pageUrl}/${id}`,
  });
}

/** Of a payment link or another system of the merchant: with a reference, but no page of ours. */
export function blankSession(
  world: StripeWorld,
  { accountId, reference, amount, currency }: { accountId: string; reference: string; amount: number; currency: string },
): Session {
  const now = secondsNow(world);
  const id = newId("cs_test_b1", 54);
  return {
    ...{ id, accountId, currency, amountTotal: amount, clientReferenceId: reference, created: now, expiresAt: now + 86_400 },
    status: "open",
    paymentStatus: "unpaid",
    itemName: reference,
    metadata: { reference },
    intentMetadata: { reference },
    intentDescription: null,
    customerEmail: null,
    locale: null,
    successUrl: "https://example.com/",
    cancelUrl: null,
    excludedMethods: [],
    intentId: null,
    url: `https://checkout.stripe.com/c/pay/${id}`,
  };
}

function readLine(params: Params): { amount: number; currency: string; name: string } {
  const items = at(params, "line_items");
  if (typeof items !== "object" || Object.keys(items).length === 0) throw missing("line_items");
  const price = at(items, "0", "price_data");
  const currency = textAt(price, "currency") ?? "";
  if (currency === "") throw missing("line_items[0][price_data][currency]");
  if (!currencies.has(currency))
    throw invalid(
      "line_items[0][price_data][currency]",
      `Invalid currency: ${currency}. Stripe currently supports these currencies: usd, aed, afn, …`,
      "",
    );
  const unit = textAt(price, "unit_amount") ?? "";
  if (!/^\d{1,12}$/.test(unit)) throw invalid("line_items[0][price_data][unit_amount]", `Invalid integer: ${unit}`);
  const quantity = Number(textAt(items, "0", "quantity") ?? "1");
  const name = textAt(price, "product_data", "name") ?? "";
  if (name === "") throw missing("line_items[0][price_data][product_data][name]");
  const amount = Number(unit) * quantity;
  if (currency === "isk" && amount % 100 !== 0)
    throw invalid("line_items[0][price_data][unit_amount]", "ISK has no decimals: the amount must be divisible by 100.");
  if (amount < (minimums[currency] ?? 50))
    throw new StripeRefusal(400, {
      code: "amount_too_small",
      message: "The Checkout Session's total amount due must add up to at least the minimum.",
    });
  return { amount, currency, name };
}

function urlOf(params: Params, name: string): string | null {
  const url = textAt(params, name);
  if (url === undefined) return null;
  if (!URL.canParse(url.replaceAll("{CHECKOUT_SESSION_ID}", "x"))) throw invalid(name, "Not a valid URL", "url_invalid");
  return url;
}

function expiryOf(params: Params, now: number): number {
  const text = textAt(params, "expires_at");
  if (text === undefined) return now + hoursMax * 3600;
  const expiresAt = Number(text);
  if (!Number.isInteger(expiresAt)) throw invalid("expires_at", `Invalid timestamp: ${text}`);
  if (expiresAt < now + minutesMin * 60)
    throw invalid("expires_at", "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", "");
  if (expiresAt > now + hoursMax * 3600)
    throw invalid("expires_at", "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", "");
  return expiresAt;
}

/** `POST …/expire`. When it answers, nobody can pay any more. */
export async function expireByCall(world: StripeWorld, account: StripeAccount, session: Session): Promise<Session> {
  lapse(world, session);
  if (session.status !== "open")
    throw refused(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  const news = expire(world, session);
  world.clock.at(world.clock.now(), async () => void (await announce(world, { account, knobs: account.knobs }, news)));
  return session;
}

/** A session that is past its end expires when somebody looks. */
export function lapse(world: StripeWorld, session: Session): void {
  const account = world.accounts.get(session.accountId);
  if (session.status !== "open" || session.expiresAt > secondsNow(world) || !account) return;
  const news = expire(world, session);
  world.clock.at(world.clock.now(), async () => void (await announce(world, { account, knobs: account.knobs }, news)));
}

function expire(world: StripeWorld, session: Session): News[] {
  session.status = "expired";
  const intent = session.intentId === null ? undefined : world.intents.get(session.intentId);
  if (intent && intent.status !== "succeeded") Object.assign(intent, { status: "canceled", canceledAt: secondsNow(world) });
  return [expiredNews(world, session)];
}

export const expiredNews = (world: StripeWorld, session: Session): News => ({
  type: "checkout.session.expired",
  object: sessionObject(world, session),
  intentId: session.intentId,
  reference: session.clientReferenceId,
});
