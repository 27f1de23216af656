import { z } from "zod";
import { type StartPayment, takesAmount } from "#domain/payment-provider.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { ask, read } from "#providers/json-api.ts";
import { toWire } from "./amounts.ts";
import { type Api, failed, failure } from "./api.ts";
import { capabilities } from "./definition.ts";

const preferenceShape = z.object({ id: z.string().min(1).max(255), init_point: z.url(), sandbox_init_point: z.url().nullish() });
const titleLengthMax = 250;

/**
 * Opens a page. The key makes a repeat the same preference, because a reference has one payment.
 * https://www.mercadopago.com.co/developers/en/reference/preferences/_checkout_preferences/post
 */
export async function createPreference(api: Api, payment: StartPayment): Promise<{ checkoutUrl: string; providerPaymentId: string }> {
  if (!takesAmount(capabilities, payment)) throw failure("refused", "the amount or its currency is not taken");
  const reply = await ask(
    { ...api, headers: { "x-idempotency-key": payment.reference } },
    "POST",
    "/checkout/preferences",
    bodyOf(payment),
  );
  if (reply.status !== 200 && reply.status !== 201) throw failed(reply, "opening the page");
  const preference = read("mercadopago", preferenceShape, reply);
  // Keys that begin with TEST pay at the sandbox's page. Those of a test seller pay at the usual:
  // https://www.mercadopago.com.br/developers/en/docs/checkout-pro-preferences/test-accounts.md
  const checkoutUrl = (api.key.startsWith("TEST-") && preference.sandbox_init_point) || preference.init_point;
  return { checkoutUrl, providerPaymentId: preference.id };
}

/** Nobody can pay at the page any more. Payments that were begun there are another matter. */
export async function expirePreference(api: Api, id: string): Promise<void> {
  const body = { expires: true, expiration_date_to: withOffset(new Date(databaseNow())) };
  const reply = await ask(api, "PUT", `/checkout/preferences/${encodeURIComponent(id)}`, body);
  if (reply.status !== 200 && reply.status !== 201 && reply.status !== 404) throw failed(reply, "closing the page");
}

function bodyOf({ reference, amountMinor, currency, expiresAt, returnUrl, customer, mayBeSlow, ...payment }: StartPayment) {
  const title = payment.description.slice(0, titleLengthMax);
  return {
    items: [{ id: reference, title, quantity: 1, currency_id: currency, unit_price: toWire(amountMinor, currency) }],
    external_reference: reference,
    notification_url: onlyWebhooks(payment.webhookUrl),
    back_urls: { success: returnUrl, pending: returnUrl, failure: returnUrl },
    // It is refused for addresses that are not public.
    ...(returnUrl.startsWith("https:") && { auto_return: "approved" }),
    payer: { name: customer.name, email: customer.email, ...(customer.document && { identification: customer.document }) },
    expires: true,
    expiration_date_to: withOffset(expiresAt),
    // Tickets of cash take days, and a card's review up to two. The two dates are different things:
    // https://github.com/mercadopago/devsite-docs guides/checkout-pro/term-of-preference.en.md
    binary_mode: !mayBeSlow,
    ...(mayBeSlow ? { date_of_expiration: withOffset(expiresAt) } : { payment_methods: { excluded_payment_types: slowTypes } }),
    ...(payment.sessionToken !== null && { metadata: { session_token: payment.sessionToken } }),
  };
}

const slowTypes = [{ id: "ticket" }, { id: "atm" }];

/** Without it the older notices come too, which nobody signs (webhook.ts). */
function onlyWebhooks(webhookUrl: string): string {
  const url = new URL(webhookUrl);
  url.searchParams.set("source_news", "webhooks");
  return url.href;
}

/** Its dates have milliseconds and an offset, and no Z. */
const withOffset = (date: Date): string => date.toISOString().replace("Z", "+00:00");
