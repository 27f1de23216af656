import { z } from "zod";
import type { PaymentProvider, RefundAnswer, TestedCredentials } from "#domain/payment-provider.ts";
import { failureOfReply } from "#platform/outbound.ts";
import type { PaymentProviderDefinition } from "../definition.ts";
import { askBold, type BoldApi, boldUrl, failure, lookupUrlOf, pesos, scrub, unwrapped } from "./api.ts";
import { capabilities, credentialShape, facts } from "./definition.ts";
import { startLink } from "./link.ts";
import { findCharge, findCharges } from "./look-up.ts";
import { testAccount } from "./test-account.ts";
import { boldSignedCharge, boldWebhook, guessReference, signatureHeader } from "./webhook.ts";

const addresses = { apiUrl: boldUrl, checkoutUrl: "https://checkout.bold.co/" };

export const bold: PaymentProviderDefinition = {
  id: "bold",
  name: "Bold",
  capabilities,
  facts,
  credentialShape,
  accountOf: (given) => credentialShape.safeParse(given).data?.identityKey ?? null,
  addresses: { test: addresses, production: addresses },
  addressVariables: { apiUrl: "BOLD_API_URL" },
  webhookHeaders: [signatureHeader],
  guessReference,
  create(given, mode, { apiUrl }) {
    const { data } = credentialShape.safeParse(given);
    if (!data) throw failure("misconfigured", "the keys are incomplete");
    return connect({ apiUrl, lookupUrl: lookupUrlOf(apiUrl), identityKey: data.identityKey, isTest: mode === "test" });
  },
  verifyWebhook({ credentials, ...delivery }) {
    const { data } = credentialShape.safeParse(credentials);
    return data ? boldWebhook({ ...delivery, secretKey: data.secretKey }) : null;
  },
  signedCharge: boldSignedCharge,
  webhookAnswer: () => ({ status: 200, body: "" }),
  scrub,
  testAccount,
};

function connect(api: BoldApi): PaymentProvider {
  return {
    id: bold.id,
    name: bold.name,
    capabilities,
    start: (payment) => startLink(api, payment),
    findCharges: (payment) => findCharges(api, payment),
    findCharge: (id) => findCharge(api, id),
    refund: async () => noRefunds,
    test: () => test(api),
  };
}

const noRefunds: RefundAnswer = { result: "refused", providerRefundId: null, providerStatus: "", detail: "no_refund_api" };

// --- Test of a connection ---

const methodsShape = z.object({ payment_methods: z.record(z.string(), z.object({ min: pesos, max: pesos })) });
/** No call can prove it: a webhook that arrives does. */
const unproven = ["secretKey"];
const timeoutMs = 6000;

async function test(api: BoldApi): Promise<TestedCredentials> {
  const reply = await askBold(api, { url: `${api.apiUrl}/online/link/v1/payment_methods`, timeoutMs });
  if (reply.status === 401 || reply.status === 403)
    return { ok: false, detail: "identity_key_refused", refused: "identityKey", proven: [], unproven };
  if (reply.status !== 200) throw failureOfReply({ provider: "bold", reply, asked: "reading the payment methods" });
  const limits = Object.values(methodsShape.safeParse(unwrapped(reply)).data?.payment_methods ?? {});
  if (limits.length === 0) return { ok: false, detail: "no_payment_method", refused: null, proven: ["identityKey"], unproven };
  const minMinor = Math.max(Math.min(...limits.map(({ min }) => min)), capabilities.amounts["COP"]?.minMinor ?? 0);
  const amounts = { COP: { minMinor, maxMinor: Math.max(...limits.map(({ max }) => max)), stepMinor: 100 } };
  return { ok: true, detail: "ok", refused: null, proven: ["identityKey"], unproven, amounts };
}
