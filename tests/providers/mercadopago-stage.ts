import type { StartPayment } from "#domain/payment-provider.ts";
import { newReference } from "#platform/ids.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { testedMercadopago } from "../support/payers/mercadopago.ts";
import type { Outcome, PaymentHabits } from "../support/payers/payer.ts";
import type { PaymentStage } from "./payment-suite.ts";
import { deliveriesOf, mercadopagoCredentials, type ProviderWorld, startProviderWorld } from "./world.ts";

export const connectMercadopago = (credentials: unknown = mercadopagoCredentials) =>
  connectPayment({ provider: "mercadopago", mode: "test", credentials });

export const askedOf =
  (world: ProviderWorld) =>
  (changes: Partial<StartPayment> = {}): StartPayment => ({
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

export async function openMercadopagoStage(): Promise<PaymentStage> {
  const world = await startProviderWorld();
  return {
    secrets: Object.values(mercadopagoCredentials),
    provider: connectMercadopago(),
    payment: askedOf(world),
    payer: testedMercadopago.payer(world.url),
    account: { credentials: mercadopagoCredentials, webhookUrl: world.receiver.url },
    newChargeId: testedMercadopago.newChargeId,
    deliveries: () => deliveriesOf(world),
    stop: world.stop,
  };
}

/** One account at the simulator, and the words with which this provider's own tests are told. */
export async function openAccountOfItsOwn() {
  const world = await startProviderWorld();
  const payer = testedMercadopago.payer(world.url);
  const account = { credentials: mercadopagoCredentials, webhookUrl: world.receiver.url };
  const provider = connectMercadopago();
  const asked = askedOf(world);
  const number = mercadopagoCredentials.accessToken.split("-").at(-1) ?? "";
  const start = async (changes: Partial<StartPayment> = {}) => {
    const payment = asked(changes);
    const { checkoutUrl, providerPaymentId } = await provider.start(payment);
    return { payment, checkoutUrl, known: { reference: payment.reference, providerPaymentId, currency: payment.currency } };
  };
  return {
    world,
    payer,
    account,
    provider,
    start,
    turn: (knobs: Record<string, string | number>) => world.press("/mercadopago/panel/knobs", { account: number, ...knobs }),
    /** Also after a test that has moved the clock, which never goes back. */
    async paid(outcome: Outcome = "approve", habits: PaymentHabits = {}) {
      const { payment, known, checkoutUrl } = await start();
      const { chargeIds } = await payer.pay(checkoutUrl, outcome, { ...habits, afterEnd: true });
      const id = chargeIds[0] ?? "";
      const request = {
        payment: known,
        providerChargeId: id,
        amountMinor: payment.amountMinor,
        currency: payment.currency,
        idempotencyKey: `case-${payment.reference}`,
        method: "refund" as const,
      };
      return { payment, known, id, request, fact: () => provider.findCharge(id) };
    },
    /** As the API itself shows it, past the adapter. */
    async show(path: string) {
      const headers = { authorization: `Bearer ${mercadopagoCredentials.accessToken}` };
      return (await fetch(`${world.url}/mercadopago/api${path}`, { headers })).json();
    },
  };
}
