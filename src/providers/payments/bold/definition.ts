import { z } from "zod";
import type { ProviderFacts } from "#contracts/merchant/connections.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { credential } from "#providers/credentials.ts";

/** https://developers.bold.co/pagos-en-linea/api-link-de-pagos and https://developers.bold.co/webhook */
export const capabilities: PaymentCapabilities = {
  // What a method takes at most depends on the account, whose test tells it.
  amounts: { COP: { minMinor: 100_000, maxMinor: null, stepMinor: 100 } },
  countries: ["CO"],
  asksFor: [],
  lookup: "by_reference",
  pageMinutesMin: 0,
  canCloseEarly: false,
  // Of notifications about links: https://developers.bold.co/webhook
  answerLagMinutes: 10,
  // The signature covers the raw body: amount, tip, currency and reference. In test mode anybody
  // can sign, because the key is empty; there anybody can pay with a test card as well.
  signatureCovers: "all",
  // No API for either is documented. A person does it in Bold's panel, and `VOID_APPROVED` tells us.
  refunds: { voidByApi: false, refundByApi: false, partial: false, idempotencyKey: false },
  // Not documented. Three days are our own margin, as for the banks behind other providers.
  pendingHoursMax: 72,
};

export const facts: ProviderFacts = {
  methods: ["card", "nequi", "pse", "bancolombia"],
  fees: [],
  panelUrl: "https://panel.bold.co/",
};

/**
 * A pair for each environment, which nothing in their text tells apart:
 * https://developers.bold.co/pagos-en-linea/llaves-de-integracion
 */
export const credentialShape = z.object({
  identityKey: credential(/^[\w.~+/=-]{8,200}$/, { isSecret: false, prefixes: null, provenBy: "test" }),
  secretKey: credential(/^[\w.~+/=-]{8,200}$/, { isSecret: true, prefixes: null, provenBy: "event" }),
});
