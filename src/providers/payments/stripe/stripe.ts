import { z } from "zod";
import type { PaymentProvider } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import type { ConnectionMode, PaymentAddresses, PaymentProviderDefinition } from "../definition.ts";
import { findCharge, findCharges, type Place } from "./charges.ts";
import { ask } from "./client.ts";
import { type Credentials, capabilities, credentialShape, facts } from "./definition.ts";
import { failure, scrub } from "./failures.ts";
import { refund } from "./refund.ts";
import { close, start } from "./session.ts";
import { testAccount } from "./test-account.ts";
import { guessReference, signatureHeader, stripeSignedCharge, stripeWebhook } from "./webhook.ts";

/** Test and live differ by the key alone. The page's address comes with each session. */
const addresses: PaymentAddresses = { apiUrl: "https://api.stripe.com", checkoutUrl: "https://checkout.stripe.com" };

/** https://docs.stripe.com/api/checkout/sessions */
export const stripe: PaymentProviderDefinition = {
  id: "stripe",
  name: "Stripe",
  capabilities,
  facts,
  credentialShape,
  accountOf: (given) => parseCredentials(given)?.accountId ?? null,
  addresses: { test: addresses, production: addresses },
  addressVariables: { apiUrl: "STRIPE_API_URL" },
  webhookHeaders: [signatureHeader],
  guessReference,
  create: (given, mode, { apiUrl }) => connect(readCredentials(given, mode), apiUrl),
  verifyWebhook: ({ rawBody, headers, credentials: given }) => {
    const credentials = parseCredentials(given);
    return credentials && stripeWebhook({ rawBody, headers, secrets: secretsOf(credentials), isLive: isLiveKey(credentials.secretKey) });
  },
  signedCharge: stripeSignedCharge,
  webhookAnswer: () => ({ status: 200, body: "" }),
  scrub,
  testAccount,
};

// --- Credentials ---

const isLiveKey = (key: string): boolean => /^(sk|rk)_live_/.test(key);
const secretsOf = ({ webhookSecret }: Credentials): string[] => webhookSecret.split(",").map((secret) => secret.trim());

const parseCredentials = (given: unknown): Credentials | null => credentialShape.safeParse(given).data ?? null;

function readCredentials(given: unknown, mode: ConnectionMode): Credentials {
  const credentials = parseCredentials(given);
  if (!credentials) throw failure("misconfigured", "the keys are incomplete");
  if (isLiveKey(credentials.secretKey) !== (mode === "production")) throw failure("misconfigured", `the key is not one of ${mode}`);
  return credentials;
}

function connect(credentials: Credentials, apiUrl: string): PaymentProvider {
  const place: Place = { api: { apiUrl, key: credentials.secretKey }, isLive: isLiveKey(credentials.secretKey) };
  return {
    id: stripe.id,
    name: stripe.name,
    capabilities,
    start: (payment) => start(place.api, payment),
    findCharges: (payment) => findCharges(place, payment),
    findCharge: (id) => findCharge(place, id),
    refund: (request) => refund(place, request),
    close: (payment) => close(place.api, payment),
    test: () => test(place, credentials),
  };
}

// --- Test of a connection. https://docs.stripe.com/api/accounts ---

const accountShape = z.object({ id: z.string(), charges_enabled: z.boolean() });

/** Only an event that arrives can prove the webhook's secret. */
const unproven = ["webhookSecret"] as const;
const timeoutMs = 6000;

async function test({ api }: Place, { accountId }: Credentials): ReturnType<PaymentProvider["test"]> {
  const refused = (detail: string, field: string | null, proven: string[]) => ({ ok: false, detail, refused: field, proven, unproven });
  const answer = await ask({ ...api, timeoutMs }, "reading the account", (client) => client.accounts.retrieveCurrent()).catch(
    (error: unknown) => {
      if (error instanceof ProviderFailure && error.kind === "misconfigured") return null;
      throw error;
    },
  );
  if (answer === null) return refused("secret_key_refused", "secretKey", []);
  const account = accountShape.safeParse(answer);
  if (!account.success) throw failure("unexpected_reply", "the account is not as documented");
  if (account.data.id !== accountId) return refused("other_account", "accountId", ["secretKey"]);
  if (!account.data.charges_enabled) return refused("account_inactive", null, ["secretKey", "accountId"]);
  return { ok: true, detail: "ok", refused: null, proven: ["secretKey", "accountId"], unproven };
}
