import type { PaymentProvider } from "#domain/payment-provider.ts";
import type { PaymentProviderDefinition } from "../definition.ts";
import { type AddiApi, apiFor, apiUrls, failure, scrub } from "./api.ts";
import { startApplication } from "./application.ts";
import { addiCallback, guessReference, provenCharge } from "./callback.ts";
import { cancelApplication } from "./cancellation.ts";
import { capabilities, credentialShape, facts } from "./definition.ts";
import { testAccount } from "./test-account.ts";
import { testCredentials } from "./test-credentials.ts";

export const addi: PaymentProviderDefinition = {
  id: "addi",
  name: "Addi",
  capabilities,
  facts,
  credentialShape,
  accountOf: (given) => credentialShape.safeParse(given).data?.allySlug ?? null,
  // Addi names its page with each application.
  addresses: {
    test: { apiUrl: apiUrls.test, checkoutUrl: apiUrls.test },
    production: { apiUrl: apiUrls.production, checkoutUrl: apiUrls.production },
  },
  addressVariables: { apiUrl: "ADDI_API_URL" },
  // The only header that proves anything is the password itself, which is not to be stored.
  webhookHeaders: [],
  guessReference,
  create(given, mode, { apiUrl }) {
    const { data } = credentialShape.safeParse(given);
    if (!data) throw failure("misconfigured", "the credentials are incomplete, or the callback's password is short");
    return connect(apiFor(data, mode, apiUrl));
  },
  verifyWebhook({ credentials, ...delivery }) {
    const { data } = credentialShape.safeParse(credentials);
    return data ? addiCallback({ ...delivery, credentials: data }) : null;
  },
  signedCharge: provenCharge,
  // Anything but 200 with the very same bytes is repeated every 30 minutes for 24 hours.
  webhookAnswer: (_event, rawBody) => ({
    status: 200,
    body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(rawBody),
    contentType: "application/json",
  }),
  scrub,
  testAccount,
};

function connect(api: AddiApi): PaymentProvider {
  return {
    id: addi.id,
    name: addi.name,
    capabilities,
    start: (payment) => startApplication(api, payment),
    // Never a definite answer: that Addi cannot be asked says nothing about money.
    findCharges: async () => ({ charges: [], unreadable: [{ providerChargeId: null, why: cannotBeAsked }] }),
    findCharge: async () => Promise.reject(failure("unexpected_reply", cannotBeAsked, "no_look_up")),
    refund: (request) => cancelApplication(api, request),
    test: () => testCredentials(api),
  };
}

const cannotBeAsked = "Addi has no look-up";
