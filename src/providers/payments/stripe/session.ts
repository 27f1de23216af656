import type Stripe from "stripe";
import { z } from "zod";
import { type KnownPayment, type StartPayment, takesAmount } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { amounts, toStripe } from "./amounts.ts";
import { metadataNames } from "./charge-fact.ts";
import { ask, type StripeApi } from "./client.ts";
import { failure } from "./failures.ts";

/**
 * A session lives for 30 minutes at least, counted from when it is made. Our end, which lies ahead
 * then, and so much more is a moment that a repetition names again: with "30 minutes from now" the
 * same idempotency key would come with other parameters, which Stripe refuses. The engine closes
 * the page at our end.
 */
const secondsAfterOurEnd = 35 * 60;

/**
 * Money comes days after the page with these, and the session is complete before it does:
 * https://docs.stripe.com/payments/payment-methods#payment-notification
 */
export const slowMethods = [
  "acss_debit",
  "au_becs_debit",
  "bacs_debit",
  "boleto",
  "customer_balance",
  "konbini",
  "multibanco",
  "nz_bank_account",
  "oxxo",
  "sepa_debit",
  "sofort",
  "us_bank_account",
] as const;

const locales: Readonly<Record<string, Stripe.Checkout.SessionCreateParams.Locale>> = { es: "es-419", en: "en", fr: "fr", pt: "pt-BR" };
const startedShape = z.object({ id: z.string().min(1).max(255), url: z.url() });
const nameLengthMax = 250;

/** Repeated for one payment, it answers with the same session, whoever began. */
export async function start(api: StripeApi, payment: StartPayment): Promise<{ checkoutUrl: string; providerPaymentId: string }> {
  const { reference, amountMinor, currency } = payment;
  const amount = takesAmount({ amounts }, payment) ? toStripe(amountMinor, currency) : null;
  if (amount === null) throw failure("refused", `Stripe does not take this amount in ${currency}`, "amount_not_taken");
  const params = sessionParams(payment, amount);
  const answer = await ask(api, "opening the page", (stripe) =>
    stripe.checkout.sessions.create(params, { idempotencyKey: `start-${reference}` }),
  );
  const started = startedShape.safeParse(answer);
  if (!started.success) throw failure("unexpected_reply", "the new session is not as documented");
  return { checkoutUrl: started.data.url, providerPaymentId: started.data.id };
}

function sessionParams(payment: StartPayment, amount: number): Stripe.Checkout.SessionCreateParams {
  const { reference, currency, description, customer, returnUrl } = payment;
  // A session's metadata is not copied to its payment.
  const metadata = { [metadataNames.reference]: reference };
  const name = description.trim().slice(0, nameLengthMax) || reference;
  return {
    mode: "payment",
    ui_mode: "hosted_page",
    line_items: [{ quantity: 1, price_data: { currency: currency.toLowerCase(), unit_amount: amount, product_data: { name } } }],
    client_reference_id: reference,
    metadata,
    payment_intent_data: { metadata, description: `${name.slice(0, nameLengthMax - 30)} · ${reference}` },
    customer_email: customer.email,
    locale: locales[payment.locale.slice(0, 2)] ?? "auto",
    success_url: returnUrl,
    cancel_url: returnUrl,
    expires_at: Math.floor(payment.expiresAt.getTime() / 1000) + secondsAfterOurEnd,
    // The link in it would revive a lapsed claim.
    after_expiration: { recovery: { enabled: false } },
    // The customer pays the currency of the price, and nothing is converted on the page.
    adaptive_pricing: { enabled: false },
    ...(!payment.mayBeSlow && { excluded_payment_method_types: [...slowMethods] }),
  };
}

const closedShape = z.object({
  status: z.enum(["open", "complete", "expired"]),
  payment_status: z.string(),
  payment_intent: z.object({ status: z.string() }).nullish(),
});
/** Of a payment that has failed. A session that is complete offers no other try. */
const failedIntents = ["requires_payment_method", "canceled"];

/**
 * Once Stripe has expired a session, nobody can pay it. A complete one is closed to everybody, too:
 * its money is there or, with a delayed method, may still come, so that it must be settled, or the
 * delayed payment has failed, and then the customer needs a new session:
 * https://docs.stripe.com/checkout/fulfillment#delayed-notification
 */
export async function close(api: StripeApi, payment: KnownPayment): Promise<"closed" | "already_paid"> {
  const { providerPaymentId: sessionId } = payment;
  // Nobody got its address (charges.ts).
  if (sessionId === null) return "closed";
  try {
    await ask(api, "closing the page", (stripe) => stripe.checkout.sessions.expire(sessionId));
    return "closed";
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.kind !== "refused") throw error;
  }
  // Stripe has one error for every session that is not open.
  const expand = ["payment_intent"];
  const answer = await ask(api, "reading the session", (stripe) => stripe.checkout.sessions.retrieve(sessionId, { expand }));
  const session = closedShape.safeParse(answer);
  if (!session.success) throw failure("unexpected_reply", "the session is not as documented");
  if (session.data.status === "open") throw failure("unreachable", "the page could not be closed");
  const { status, payment_status: money, payment_intent: intent } = session.data;
  const hasFailed = money === "unpaid" && failedIntents.includes(intent?.status ?? "");
  return status === "expired" || hasFailed ? "closed" : "already_paid";
}
