import { z } from "zod";
import type { ChargeFact, KnownPayment, PaymentCapabilities, PaymentProvider } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import type { PaymentProviderDefinition } from "../definition.ts";

const capabilities: PaymentCapabilities = {
  amounts: Object.fromEntries(
    Intl.supportedValuesOf("currency").map((currency) => [currency, { minMinor: 1, maxMinor: null, stepMinor: 1 }]),
  ),
  countries: null,
  asksFor: [],
  lookup: "by_reference",
  pageMinutesMin: 0,
  canCloseEarly: false,
  signatureCovers: "nothing",
  // Whoever took it gives it back: each refund is a person's.
  refunds: { voidByApi: false, refundByApi: false, partial: false, idempotencyKey: false },
  pendingHoursMax: 0,
};

/**
 * Money that a reception has taken. Nobody outside is asked: what was taken stands in the payment's
 * `provider_payment_id`, so a payment that is recorded is a payment that is approved.
 */
export const onSite: PaymentProviderDefinition = {
  id: "on_site",
  name: "On site",
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
  id: onSite.id,
  name: onSite.name,
  capabilities,
  start: async () => {
    throw new ProviderFailure({ provider: onSite.id, kind: "refused", message: "no customer pays here by a page" });
  },
  findCharges: async (payment) => {
    const charge = chargeOf(payment);
    return { charges: charge ? [charge] : [], unreadable: [] };
  },
  findCharge: async (id) => findCharge(id),
  refund: async () => ({ result: "refused", providerRefundId: null, providerStatus: taken, detail: "given_back_by_hand" }),
  test: async () => ({ ok: true, detail: "ok", refused: null, proven: [], unproven: [] }),
};

const taken = "TAKEN";

/** What a payment is called that was taken so: `cash:12000000`. */
export function onSitePaymentId({ method, amountMinor }: { method: string; amountMinor: number }): string {
  return `${method}:${amountMinor}`;
}

function chargeOf({ reference, currency, providerPaymentId }: KnownPayment): ChargeFact | null {
  const [, method, amount] = /^([a-z]+):([1-9]\d*)$/.exec(providerPaymentId ?? "") ?? [];
  if (!method || !amount) return null;
  return {
    providerChargeId: `${method}:${amount}:${currency}:${reference}`,
    reference,
    state: "approved",
    providerStatus: taken,
    amountMinor: Number(amount),
    currency,
    method,
    finalizedAt: null,
  };
}

/** The id holds everything. */
function findCharge(providerChargeId: string): ChargeFact | null {
  const [, providerPaymentId = "", currency, reference] = /^([a-z]+:[1-9]\d*):([A-Z]{3}):(.+)$/.exec(providerChargeId) ?? [];
  return currency && reference ? chargeOf({ reference, currency, providerPaymentId }) : null;
}
