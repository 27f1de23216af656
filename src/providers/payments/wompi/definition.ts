import { z } from "zod";
import type { ProviderFacts } from "#contracts/merchant/connections.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { credential } from "#providers/credentials.ts";

/** https://docs.wompi.co/docs/colombia/widget-checkout-web/ and /eventos/ */
export const capabilities: PaymentCapabilities = {
  amounts: { COP: { minMinor: 150_000, maxMinor: null, stepMinor: 100 } },
  countries: ["CO"],
  asksFor: [],
  lookup: "by_reference",
  pageMinutesMin: 0,
  canCloseEarly: false,
  signatureCovers: "id_and_status",
  // No partial refunds: without an idempotency key a retry could pay a part twice. Refunds V2 is
  // documented for the sandbox only: a person refunds what cannot be voided.
  refunds: { voidByApi: true, refundByApi: false, partial: false, idempotencyKey: false },
  lists: true,
  // Not documented (PSE may take hours, cash longer). Three days are our own margin.
  pendingHoursMax: 72,
};

/** The plan for merchants who take part in Wompi's own contract with the banks ("agregador"). */
export const facts: ProviderFacts = {
  methods: ["card", "nequi", "pse", "bancolombia", "daviplata"],
  fees: [{ percent: 2.65, fixedMinor: 70_000, currency: "COP", taxPercent: 19, source: "https://wompi.com/es/co/planes-tarifas/" }],
  panelUrl: "https://comercios.wompi.co/",
};

/**
 * Four per environment, told apart by prefix:
 * https://docs.wompi.co/docs/colombia/ambientes-y-llaves/
 */
export const credentialShape = z.object({
  publicKey: credential(/^pub_(test|prod)_\w+$/, {
    isSecret: false,
    prefixes: { test: "pub_test_", production: "pub_prod_" },
    provenBy: "test",
  }),
  privateKey: credential(/^prv_(test|prod)_\w+$/, {
    isSecret: true,
    prefixes: { test: "prv_test_", production: "prv_prod_" },
    provenBy: "test",
  }),
  eventsSecret: credential(/^(test|prod)_events_\w+$/, {
    isSecret: true,
    prefixes: { test: "test_events_", production: "prod_events_" },
    provenBy: "event",
  }),
  integritySecret: credential(/^(test|prod)_integrity_\w+$/, {
    isSecret: true,
    prefixes: { test: "test_integrity_", production: "prod_integrity_" },
    provenBy: "payment",
  }),
});
