import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { z } from "zod";
import { type PaymentProvider, type StartPayment, takesAmount } from "#domain/payment-provider.ts";
import { sha256Hex } from "#platform/ids.ts";
import { callService, failureOfReply } from "#platform/outbound.ts";
import { ask, type JsonApi, read } from "#providers/json-api.ts";
import type { ConnectionMode, PaymentAddresses, PaymentProviderDefinition } from "../definition.ts";
import { failure, findCharge, findCharges, scrub } from "./api.ts";
import { capabilities, credentialShape, facts } from "./definition.ts";
import { listCharges } from "./list.ts";
import { refund } from "./refund.ts";
import { testAccount } from "./test-account.ts";
import { checksumHeader, guessReference, wompiSignedCharge, wompiWebhook } from "./webhook.ts";

export const wompi: PaymentProviderDefinition = {
  id: "wompi",
  name: "Wompi",
  capabilities,
  facts,
  credentialShape,
  accountOf: (given) => parseCredentials(given)?.publicKey ?? null,
  addresses: {
    test: { apiUrl: "https://sandbox.wompi.co/v1", checkoutUrl: "https://checkout.wompi.co/p/" },
    production: { apiUrl: "https://production.wompi.co/v1", checkoutUrl: "https://checkout.wompi.co/p/" },
  },
  addressVariables: { apiUrl: "WOMPI_API_URL", checkoutUrl: "WOMPI_CHECKOUT_URL" },
  webhookHeaders: [checksumHeader],
  guessReference,
  create: (given, mode, addresses) => connect(readCredentials(given, mode), addresses),
  verifyWebhook: (input) => {
    const credentials = parseCredentials(input.credentials);
    return (
      credentials && wompiWebhook({ ...input, eventsSecret: credentials.eventsSecret, environment: environmentOf(credentials.publicKey) })
    );
  },
  signedCharge: wompiSignedCharge,
  webhookAnswer: () => ({ status: 200, body: "" }),
  scrub,
  testAccount,
};

// --- Credentials ---

type Credentials = z.output<typeof credentialShape>;
type Environment = "test" | "prod";
type Connection = { credentials: Credentials; addresses: PaymentAddresses };

const environmentOf = (key: string): Environment => (/^(pub_|prv_)?prod_/.test(key) ? "prod" : "test");

/** Returns null if a field is missing or malformed, or if test and production keys are mixed. */
function parseCredentials(given: unknown): Credentials | null {
  const { data } = credentialShape.safeParse(given);
  const environments = new Set(Object.values(data ?? {}).map(environmentOf));
  return data && environments.size === 1 ? data : null;
}

function readCredentials(given: unknown, mode: ConnectionMode): Credentials {
  const credentials = parseCredentials(given);
  if (!credentials) throw failure("misconfigured", "the keys are incomplete or mix test and production");
  const expected: Environment = mode === "production" ? "prod" : "test";
  if (environmentOf(credentials.publicKey) !== expected) throw failure("misconfigured", `the keys are not those of ${mode}`);
  return credentials;
}

function connect(credentials: Credentials, addresses: PaymentAddresses): PaymentProvider {
  const connection = { credentials, addresses };
  const api = apiOf(connection);
  return {
    id: wompi.id,
    name: wompi.name,
    capabilities,
    start: async (payment) => ({ checkoutUrl: checkoutUrl(connection, payment), providerPaymentId: null }),
    findCharges: ({ reference }) => findCharges(api, reference),
    findCharge: (id) => findCharge(api, id),
    refund: (request) => refund(api, request),
    listCharges: (wish) => listCharges(api, wish),
    test: () => test(connection),
  };
}

/** Always the private key: with the public one a charge is a 404 since October 2026. */
const apiOf = ({ credentials, addresses }: Connection): JsonApi => ({
  provider: "wompi",
  apiUrl: addresses.apiUrl,
  key: credentials.privateKey,
});

// --- Start: a signed address, no call ---

/** Hashes a plain concatenation, secret last. `expirationTime` is as sent, or empty. */
export function signIntegrity(input: {
  reference: string;
  amountInCents: number;
  currency: string;
  expirationTime: string;
  integritySecret: string;
}): string {
  return sha256Hex(input.reference + String(input.amountInCents) + input.currency + input.expirationTime + input.integritySecret);
}

function checkoutUrl({ credentials, addresses }: Connection, payment: StartPayment): string {
  const { reference, amountMinor, currency, customer } = payment;
  if (!takesAmount(capabilities, payment)) throw failure("refused", "the amount must be whole pesos, at least 1500 COP");
  const expirationTime = payment.expiresAt.toISOString();
  const phone = parsePhoneNumberFromString(customer.phone, "CO");
  const url = new URL(addresses.checkoutUrl);
  const query = {
    "public-key": credentials.publicKey,
    currency,
    "amount-in-cents": String(amountMinor),
    reference,
    "signature:integrity": signIntegrity({
      reference,
      amountInCents: amountMinor,
      currency,
      expirationTime,
      integritySecret: credentials.integritySecret,
    }),
    "redirect-url": payment.returnUrl,
    "expiration-time": expirationTime,
    "customer-data:email": customer.email,
    "customer-data:full-name": customer.name,
    ...(phone && {
      "customer-data:phone-number": phone.nationalNumber,
      "customer-data:phone-number-prefix": `+${phone.countryCallingCode}`,
    }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

// --- Test of a connection. https://docs.wompi.co/docs/colombia/tokens-de-aceptacion/ ---

const merchantShape = z.object({ data: z.object({ active: z.boolean(), accepted_currencies: z.array(z.string()).nullish() }) });

/** No call can prove the two other secrets: an event that arrives and a payment page do. */
const unproven = ["eventsSecret", "integritySecret"] as const;
const timeoutMs = 6000;

async function test({ credentials, addresses }: Connection): ReturnType<PaymentProvider["test"]> {
  const refused = (detail: string, field: string | null, proven: string[]) => ({ ok: false, detail, refused: field, proven, unproven });
  const headers = { "x-merchant-public-key": credentials.publicKey };
  const merchant = await callService({ provider: "wompi", method: "GET", url: `${addresses.apiUrl}/merchants/info`, headers, timeoutMs });
  if ([401, 404, 422].includes(merchant.status)) return refused("public_key_refused", "publicKey", []);
  if (merchant.status !== 200) throw failureOfReply({ provider: "wompi", reply: merchant, asked: "reading the merchant" });
  const { active, accepted_currencies: currencies } = read("wompi", merchantShape, merchant).data;
  if (!active) return refused("account_inactive", null, ["publicKey"]);
  if (currencies && !currencies.includes("COP")) return refused("currency_not_accepted", null, ["publicKey"]);
  const search = await ask({ ...apiOf({ credentials, addresses }), timeoutMs }, "GET", "/transactions?reference=__probe__");
  if (search.status === 401 || search.status === 403) return refused("private_key_refused", "privateKey", ["publicKey"]);
  if (search.status !== 200) throw failureOfReply({ provider: "wompi", reply: search, asked: "the probe search" });
  return { ok: true, detail: "ok", refused: null, proven: ["publicKey", "privateKey"], unproven };
}
