import type { StartPayment } from "#domain/payment-provider.ts";
import { newReference } from "#platform/ids.ts";
import { mercadopago } from "#providers/payments/mercadopago/mercadopago.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { testedMercadopago } from "../support/payers/mercadopago.ts";
import { type PaymentStage, paymentSuite } from "./payment-suite.ts";
import { deliveriesOf, mercadopagoCredentials, startProviderWorld } from "./world.ts";

async function openStage(): Promise<PaymentStage> {
  const world = await startProviderWorld();
  const payment = (changes: Partial<StartPayment> = {}): StartPayment => ({
    reference: newReference(),
    amountMinor: 8_500_000,
    currency: "COP",
    expiresAt: new Date(Date.now() + 600_000),
    returnUrl: "http://localhost:3000/pay/return/abc",
    description: "Consulta",
    locale: "es",
    customer: { name: "Ana María Pérez", email: "ana.perez@example.com", phone: "+573001234567", document: null },
    webhookUrl: world.receiver.url,
    mayBeSlow: false,
    sessionToken: null,
    ...changes,
  });
  return {
    secrets: Object.values(mercadopagoCredentials),
    provider: connectPayment({ provider: "mercadopago", mode: "test", credentials: mercadopagoCredentials }),
    payment,
    payer: testedMercadopago.payer(world.url),
    account: { credentials: mercadopagoCredentials, webhookUrl: world.receiver.url },
    newChargeId: testedMercadopago.newChargeId,
    deliveries: () => deliveriesOf(world),
    stop: world.stop,
  };
}

paymentSuite(mercadopago, openStage);
