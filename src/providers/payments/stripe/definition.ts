import { z } from "zod";
import type { ProviderFacts } from "#contracts/merchant/connections.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { credential } from "#providers/credentials.ts";
import { amounts } from "./amounts.ts";

export const capabilities: PaymentCapabilities = {
  amounts,
  // A merchant needs an account in one of Stripe's own countries, but sells from any other, too.
  countries: null,
  asksFor: [],
  // The search by metadata is a minute late, and not offered everywhere:
  // https://docs.stripe.com/search#data-freshness
  lookup: "by_payment_id",
  pageMinutesMin: 30,
  canCloseEarly: true,
  // The signature covers every byte, but an event is a snapshot, it is retried for three days, and
  // the order is not guaranteed: an old "paid" must not undo a dispute. So Stripe is asked.
  signatureCovers: "id_and_status",
  refunds: { voidByApi: false, refundByApi: true, partial: true, idempotencyKey: true },
  // Bank debits may take 14 business days: https://docs.stripe.com/payments/payment-methods
  pendingHoursMax: 21 * 24,
};

/** Cards of the country itself, without a contract of one's own. */
export const facts: ProviderFacts = {
  methods: ["card", "apple_pay", "google_pay"],
  fees: [
    { percent: 3.6, fixedMinor: 300, currency: "MXN", taxPercent: 16, source: "https://stripe.com/mx/pricing" },
    { percent: 1.5, fixedMinor: 25, currency: "EUR", taxPercent: 0, source: "https://stripe.com/fr/pricing" },
  ],
  panelUrl: "https://dashboard.stripe.com/",
};

/**
 * The account's id is asked for because a key does not tell it, and keys are rotated. A secret or
 * a restricted key tells its mode: https://docs.stripe.com/keys
 */
export const credentialShape = z.object({
  accountId: credential(/^acct_\w+$/, { isSecret: false, prefixes: null, provenBy: "test" }),
  secretKey: credential(/^(sk|rk)_(test|live)_\w+$/, { isSecret: true, prefixes: null, provenBy: "test" }),
  /** A comma list while Stripe rolls the secret. */
  webhookSecret: credential(/^whsec_\w+(\s*,\s*whsec_\w+){0,3}$/, { isSecret: true, prefixes: null, provenBy: "event" }),
});

export type Credentials = z.output<typeof credentialShape>;
