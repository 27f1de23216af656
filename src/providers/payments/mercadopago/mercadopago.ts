import type { PaymentProvider } from "#domain/payment-provider.ts";
import type { ConnectionMode, PaymentAddresses, PaymentProviderDefinition } from "../definition.ts";
import { type Api, failure, findCharge, findCharges, scrub } from "./api.ts";
import { close } from "./close.ts";
import { testConnection } from "./connection-test.ts";
import { accountOf, type Credentials, capabilities, credentialShape, facts } from "./definition.ts";
import { createPreference } from "./preference.ts";
import { refund } from "./refund.ts";
import { testAccount } from "./test-account.ts";
import { mercadopagoWebhook, requestIdHeader, signatureHeader } from "./webhook.ts";

/** Mercado Pago's own package retries by itself, four calls in ten seconds: we call alone. */
export const mercadopago: PaymentProviderDefinition = {
  id: "mercadopago",
  name: "Mercado Pago",
  capabilities,
  facts,
  credentialShape,
  accountOf: (given) => {
    const credentials = parseCredentials(given);
    return credentials && accountOf(credentials);
  },
  // Where the page is, is the answer's to say.
  addresses: {
    test: { apiUrl: "https://api.mercadopago.com", checkoutUrl: "https://www.mercadopago.com/" },
    production: { apiUrl: "https://api.mercadopago.com", checkoutUrl: "https://www.mercadopago.com/" },
  },
  addressVariables: { apiUrl: "MERCADOPAGO_API_URL" },
  webhookHeaders: [signatureHeader, requestIdHeader],
  // A notice holds the payment's id and nothing else.
  guessReference: () => null,
  create: (given, mode, addresses) => connect(apiOf(readCredentials(given, mode), mode, addresses)),
  verifyWebhook: (input) => {
    const credentials = parseCredentials(input.credentials);
    return credentials && mercadopagoWebhook({ ...input, webhookSecret: credentials.webhookSecret });
  },
  signedCharge: () => null,
  // Within 22 s: https://github.com/mercadopago/devsite-docs webhooks.en.md
  webhookAnswer: () => ({ status: 200, body: "" }),
  scrub,
  testAccount,
};

function connect(api: Api): PaymentProvider {
  return {
    id: mercadopago.id,
    name: mercadopago.name,
    capabilities,
    start: (payment) => createPreference(api, payment),
    findCharges: ({ reference }) => findCharges(api, reference),
    findCharge: (id) => findCharge(api, id),
    refund: (request) => refund(api, request),
    close: (payment) => close(api, payment),
    test: () => testConnection(api),
  };
}

const apiOf = (credentials: Credentials, mode: ConnectionMode, { apiUrl }: PaymentAddresses): Api => ({
  provider: "mercadopago",
  apiUrl,
  key: credentials.accessToken,
  account: accountOf(credentials),
  isLive: mode === "production",
});

const parseCredentials = (given: unknown): Credentials | null => credentialShape.safeParse(given).data ?? null;

function readCredentials(given: unknown, mode: ConnectionMode): Credentials {
  const credentials = parseCredentials(given);
  if (!credentials) throw failure("misconfigured", "the keys are incomplete");
  if (mode === "production" && credentials.accessToken.startsWith("TEST-"))
    throw failure("misconfigured", "the keys are those of test, not of production");
  return credentials;
}
