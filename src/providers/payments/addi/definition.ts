import { z } from "zod";
import type { ProviderFacts } from "#contracts/merchant/connections.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { credential } from "#providers/credentials.ts";

/** The OpenAPI "ADDI API – Integración con un E-commerce – CO" v1.0.1, api-docs-sandbox.addi.com */
export const capabilities: PaymentCapabilities = {
  // https://docs.y.uno/docs/addi-bnpl. Each merchant has limits within these, told by the test.
  amounts: { COP: { minMinor: 5_000_000, maxMinor: 2_000_000_000, stepMinor: 100 } },
  countries: ["CO"],
  asksFor: ["document"],
  lookup: "none",
  pageMinutesMin: 0,
  canCloseEarly: false,
  // Nothing is signed. Who sends is proven, by the Basic pair and the order's own word in the
  // address, and so is the whole body. There is nobody to ask afterwards.
  signatureCovers: "all",
  // One cancellation, in full. Its answer is all that is ever known of it.
  refunds: { voidByApi: false, refundByApi: true, partial: false, idempotencyKey: false },
  // A callback is repeated for 24 hours; the decision before it may take a while. Our own margin.
  pendingHoursMax: 48,
};

export const facts: ProviderFacts = { methods: ["pay_later"], fees: [], panelUrl: "https://aliados.addi.com/" };

/**
 * Addi gives the first three. The pair for the callbacks is the merchant's own choice, told to Addi
 * and typed here. Nothing in it may be short: it is the only proof that a callback has.
 */
export const credentialShape = z.object({
  allySlug: credential(/^[a-z0-9][a-z0-9-]{1,99}$/i, { isSecret: false, prefixes: null, provenBy: "test" }),
  clientId: credential(/^[\w-]{8,200}$/, { isSecret: false, prefixes: null, provenBy: "test" }),
  clientSecret: credential(/^[\w.~+/=-]{16,200}$/, { isSecret: true, prefixes: null, provenBy: "test" }),
  callbackUser: credential(/^[\w.@-]{3,100}$/, { isSecret: false, prefixes: null, provenBy: "event" }),
  callbackPassword: credential(/^[\x21-\x7e]{24,128}$/, { isSecret: true, prefixes: null, provenBy: "event" }),
});
export type AddiCredentials = z.output<typeof credentialShape>;
