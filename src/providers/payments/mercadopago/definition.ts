import { z } from "zod";
import type { ProviderFacts } from "#contracts/merchant/connections.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { credential } from "#providers/credentials.ts";
import { amounts } from "./amounts.ts";

export const capabilities: PaymentCapabilities = {
  amounts,
  countries: ["AR", "BR", "CL", "CO", "MX", "PE", "UY"],
  asksFor: [],
  lookup: "by_reference",
  pageMinutesMin: 0,
  canCloseEarly: true,
  signatureCovers: "id_only",
  // https://mercadopago.com.pe/developers/es/reference/chargebacks/_payments_id_refunds/post
  refunds: { voidByApi: false, refundByApi: true, partial: true, idempotencyKey: true },
  // A ticket that nobody pays ends after 30 days: https://github.com/mercadopago/devsite-docs
  // guides/manage-account/cancellations-and-refunds.es.md
  pendingHoursMax: 30 * 24,
};

/**
 * No price: it hangs on the country and on the days that the merchant lets the money wait. Each
 * payment says afterwards what was kept of it.
 */
export const facts: ProviderFacts = {
  methods: ["card", "pse", "wallet"],
  fees: [],
  panelUrl: "https://www.mercadopago.com.co/developers/panel/app",
};

/**
 * The test keys of Checkout Pro belong to a test seller and begin like those of production, so a
 * prefix tells nothing:
 * https://www.mercadopago.com.br/developers/en/docs/checkout-pro-preferences/test-accounts.md
 */
export const credentialShape = z.object({
  accessToken: credential(/^(APP_USR|TEST)-[\w-]+-\d{1,15}$/, { isSecret: true, prefixes: null, provenBy: "test" }),
  webhookSecret: credential(/^\w{16,128}$/, { isSecret: true, prefixes: null, provenBy: "event" }),
});
export type Credentials = z.output<typeof credentialShape>;

/** The last part of a token is the account's number. The test of a connection proves it. */
export const accountOf = ({ accessToken }: Pick<Credentials, "accessToken">): string => accessToken.slice(accessToken.lastIndexOf("-") + 1);
