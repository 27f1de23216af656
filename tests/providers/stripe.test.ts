import type { StartPayment } from "#domain/payment-provider.ts";
import { resetEnv } from "#platform/env.ts";
import { newReference } from "#platform/ids.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { stripe } from "#providers/payments/stripe/stripe.ts";
import { testedStripe } from "../support/payers/stripe.ts";
import { stripeKeys } from "../support/payers/stripe-keys.ts";
import { type PaymentStage, paymentSuite } from "./payment-suite.ts";
import { startProviderWorld } from "./world.ts";

const payment = (changes: Partial<StartPayment> = {}): StartPayment => ({
  reference: newReference(),
  amountMinor: 8_500_000,
  currency: "COP",
  expiresAt: new Date(Date.now() + 600_000),
  returnUrl: "http://localhost:3000/pay/return/abc",
  description: "Consulta",
  locale: "es",
  customer: { name: "Ana María Pérez", email: "ana.perez@example.com", phone: "+573001234567", document: null },
  webhookUrl: "http://localhost:3000/api/webhooks/stripe/1",
  mayBeSlow: false,
  sessionToken: null,
  ...changes,
});

async function openStage(): Promise<PaymentStage> {
  const world = await startProviderWorld();
  Object.assign(process.env, testedStripe.environment(world.url));
  resetEnv();
  const payer = testedStripe.payer(world.url);
  const account = await payer.openAccount(world.receiver.url);
  const { secretKey, webhookSecret } = stripeKeys(account);
  return {
    secrets: [secretKey, webhookSecret],
    provider: connectPayment({ provider: "stripe", mode: "test", credentials: account.credentials }),
    payment,
    payer,
    account,
    deliveries: () =>
      world.receiver.received.splice(0).map(({ body, headers }) => ({
        rawBody: Buffer.from(body),
        headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      })),
    stop: world.stop,
  };
}

paymentSuite(stripe, openStage);
