import { z } from "zod";
import {
  type ChargeFact,
  type KnownPayment,
  type PaymentCapabilities,
  type PaymentProvider,
  type StartPayment,
  takesAmount,
} from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import type { PaymentProviderDefinition } from "../definition.ts";

const capabilities: PaymentCapabilities = {
  // Nothing is paid, so every currency will do.
  // At most zero, so a price never passes as free.
  amounts: Object.fromEntries(Intl.supportedValuesOf("currency").map((currency) => [currency, { minMinor: 0, maxMinor: 0, stepMinor: 1 }])),
  countries: null,
  asksFor: [],
  lookup: "by_reference",
  pageMinutesMin: 0,
  canCloseEarly: false,
  signatureCovers: "nothing",
  refunds: { voidByApi: false, refundByApi: false, partial: false, idempotencyKey: false },
  pendingHoursMax: 0,
};

/** A free checkout has a payment, an approved charge and a settlement too. Calls nobody. */
export const none: PaymentProviderDefinition = {
  id: "none",
  name: "None",
  capabilities,
  facts: null,
  credentialShape: z.object({}),
  accountOf: () => null,
  addresses: { test: { apiUrl: "", checkoutUrl: "" }, production: { apiUrl: "", checkoutUrl: "" } },
  addressVariables: {},
  webhookHeaders: [],
  guessReference: () => null,
  create: () => provider,
  verifyWebhook: () => null,
  signedCharge: () => null,
  webhookAnswer: () => ({ status: 200, body: "" }),
  scrub: (text) => text,
};

const provider: PaymentProvider = {
  id: none.id,
  name: none.name,
  capabilities,
  start: async (payment) => ({ checkoutUrl: returnUrlOf(payment), providerPaymentId: null }),
  findCharges: async (payment) => ({ charges: [chargeOf(payment)], unreadable: [] }),
  findCharge: async (id) => findCharge(id),
  refund: async () => ({ result: "refused", providerRefundId: null, providerStatus: approved, detail: "nothing_was_paid" }),
  test: async () => ({ ok: true, detail: "ok", refused: null, proven: [], unproven: [] }),
};

const approved = "FREE";

function returnUrlOf({ amountMinor, currency, returnUrl }: StartPayment): string {
  const isFree = takesAmount(capabilities, { amountMinor, currency });
  if (!isFree) throw new ProviderFailure({ provider: none.id, kind: "refused", message: "only what costs nothing is free" });
  return returnUrl;
}

function chargeOf({ reference, currency }: Pick<KnownPayment, "reference" | "currency">): ChargeFact {
  return {
    providerChargeId: `free:${currency}:${reference}`,
    reference,
    state: "approved",
    providerStatus: approved,
    amountMinor: 0,
    currency,
    method: null,
    finalizedAt: null,
  };
}

/** The id holds everything. */
function findCharge(providerChargeId: string): ChargeFact | null {
  const [, currency, reference] = /^free:([A-Z]{3}):(.+)$/.exec(providerChargeId) ?? [];
  return currency && reference ? chargeOf({ reference, currency }) : null;
}
