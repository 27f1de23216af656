import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  type ChargeFact,
  type FoundCharges,
  type PaymentCapabilities,
  type PaymentProvider,
  takesAmount,
} from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { isSameText, sha256Hex } from "#platform/ids.ts";
import { failureOfReply } from "#platform/outbound.ts";
import { credential } from "#providers/credentials.ts";
import { ask, type JsonApi, placesOf, read } from "#providers/json-api.ts";
import type { PaymentProviderDefinition } from "#providers/payments/definition.ts";
import { scrubText } from "#providers/payments/scrub.ts";

/** A provider that nobody has: docs/add-a-provider.md follows this file from top to bottom. */

// 1. What it can do. Each has code that reads it.
const capabilities: PaymentCapabilities = {
  amounts: { COP: { minMinor: 100_000, maxMinor: null, stepMinor: 100 } },
  countries: null,
  asksFor: [],
  lookup: "by_reference",
  pageMinutesMin: 0,
  canCloseEarly: false,
  signatureCovers: "all",
  refunds: { voidByApi: false, refundByApi: true, partial: false, idempotencyKey: true },
  pendingHoursMax: 24,
};

// 2. What the merchant types in. The form is drawn from it.
const credentialShape = z.object({
  apiKey: credential(/^mu_test_\w+$/, { isSecret: true, prefixes: { test: "mu_test_", production: "mu_live_" }, provenBy: "test" }),
  webhookSecret: credential(/^muwh_\w+$/, { isSecret: true, prefixes: null, provenBy: "event" }),
});

// 3. Its words as ours. A word that is not here is still pending: never money, never a failure.
const states: Record<string, ChargeState> = { paid: "approved", rejected: "declined", returned: "refunded" };
const stateOf = (word: string): ChargeState => (Object.hasOwn(states, word) ? (states[word] ?? "pending") : "pending");

const chargeShape = z.object({
  id: z.string().min(1).max(255),
  reference: z.string().max(255),
  status: z.string().min(1).max(64),
  amount: z.int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
  paid_at: z.iso.datetime().nullable(),
});

function factOf({ id, reference, status, amount, currency, paid_at: paidAt }: z.output<typeof chargeShape>): ChargeFact {
  const money = { amountMinor: amount, currency, method: null, finalizedAt: paidAt === null ? null : new Date(paidAt) };
  return { providerChargeId: id, reference, state: stateOf(status), providerStatus: status, ...money };
}

// 4. What it is asked. A row that cannot be read is reported, and hides no other.
const pagesMax = 10;

async function findCharges(api: JsonApi, reference: string): Promise<FoundCharges> {
  const found: FoundCharges = { charges: [], unreadable: [] };
  let after: string | null = "";
  for (let page = 1; page <= pagesMax && after !== null; page += 1) {
    const reply = await ask(api, "GET", `/charges?${new URLSearchParams({ reference, after })}`);
    if (reply.status !== 200) throw failureOfReply({ provider: id, reply, asked: "the search" });
    const { rows, next } = read(id, z.object({ rows: z.array(z.unknown()), next: z.string().nullable() }), reply);
    for (const row of rows) {
      const parsed = chargeShape.safeParse(row);
      const known = z.object({ id: z.string() }).safeParse(row).data?.id ?? null;
      if (parsed.success) found.charges.push(factOf(parsed.data));
      else found.unreadable.push({ providerChargeId: known, why: `not as documented: ${placesOf(parsed.error)}` });
    }
    after = next;
  }
  if (after !== null) found.unreadable.push({ providerChargeId: null, why: `there are more than ${pagesMax} pages` });
  return found;
}

async function findCharge(api: JsonApi, chargeId: string): Promise<ChargeFact | null> {
  const reply = await ask(api, "GET", `/charges/${encodeURIComponent(chargeId)}`);
  if (reply.status === 404) return null;
  if (reply.status !== 200) throw failureOfReply({ provider: id, reply, asked: "the charge" });
  return factOf(read(id, chargeShape, reply));
}

function connect(api: JsonApi): PaymentProvider {
  return {
    id,
    name,
    capabilities,
    async start(payment) {
      if (!takesAmount(capabilities, payment))
        throw new ProviderFailure({ provider: id, kind: "refused", message: "it does not take this amount" });
      const { reference, amountMinor: amount, currency, returnUrl: return_url, webhookUrl: webhook_url, customer } = payment;
      const reply = await ask(api, "POST", "/payments", { reference, amount, currency, return_url, webhook_url, email: customer.email });
      if (reply.status !== 201) throw failureOfReply({ provider: id, reply, asked: "opening a payment" });
      const opened = read(id, z.object({ id: z.string().min(1), url: z.url() }), reply);
      return { checkoutUrl: opened.url, providerPaymentId: opened.id };
    },
    findCharges: ({ reference }) => findCharges(api, reference),
    findCharge: (chargeId) => findCharge(api, chargeId),
    async refund({ providerChargeId, idempotencyKey }) {
      const reply = await ask(api, "POST", `/charges/${encodeURIComponent(providerChargeId)}/return`, { key: idempotencyKey });
      if (![200, 404, 409].includes(reply.status)) throw failureOfReply({ provider: id, reply, asked: "the refund" });
      const result = reply.status === 200 ? "accepted" : "refused";
      return { result, providerRefundId: reply.status === 200 ? idempotencyKey : null, providerStatus: String(reply.status), detail: null };
    },
    async test() {
      const reply = await ask(api, "GET", "/charges?reference=probe");
      if (reply.status === 401) return { ok: false, detail: "api_key_refused", refused: "apiKey", proven: [], unproven: ["webhookSecret"] };
      if (reply.status !== 200) throw failureOfReply({ provider: id, reply, asked: "the probe" });
      return { ok: true, detail: "ok", refused: null, proven: ["apiKey"], unproven: ["webhookSecret"] };
    },
  };
}

// 5. Its webhook. What is not proven is null, and then nothing is stored.
const signatureHeader = "x-made-up-signature";
const eventShape = z.object({ at: z.string(), charge: chargeShape });

function eventIn(text: string): z.output<typeof eventShape> | null {
  try {
    return eventShape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function sign(body: string | Uint8Array, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

const id = "made_up";
const name = "Made up";

export const madeUp: PaymentProviderDefinition = {
  id,
  name,
  capabilities,
  facts: { methods: ["card"], fees: [], panelUrl: "https://made-up.example/" },
  credentialShape,
  accountOf: (given) => credentialShape.safeParse(given).data?.apiKey ?? null,
  addresses: {
    test: { apiUrl: "https://sandbox.made-up.example", checkoutUrl: "https://sandbox.made-up.example" },
    production: { apiUrl: "https://api.made-up.example", checkoutUrl: "https://api.made-up.example" },
  },
  addressVariables: { apiUrl: "MADE_UP_API_URL" },
  webhookHeaders: [signatureHeader],
  guessReference: (text) => (/^[\w.:-]{1,255}$/.exec(eventIn(text)?.charge.reference ?? "") ?? [null])[0],
  create(given, _mode, { apiUrl }) {
    const keys = credentialShape.safeParse(given);
    if (!keys.success) throw new ProviderFailure({ provider: id, kind: "misconfigured", message: "the keys are incomplete" });
    return connect({ provider: id, apiUrl, key: keys.data.apiKey });
  },
  verifyWebhook({ rawBody, headers, credentials }) {
    const keys = credentialShape.safeParse(credentials);
    const event = eventIn(new TextDecoder().decode(rawBody));
    if (!keys.success || !event || !isSameText(headers.get(signatureHeader) ?? "", sign(rawBody, keys.data.webhookSecret))) return null;
    const { id: providerChargeId, status, reference } = event.charge;
    const about = { isAboutCharge: true, isApproval: stateOf(status) === "approved", reference, providerChargeId };
    return { eventKey: sha256Hex(`${providerChargeId}|${status}|${event.at}`), eventKind: "charge", ...about };
  },
  signedCharge(storedBody) {
    const event = eventIn(storedBody);
    return event && { ...factOf(event.charge), unproven: [] };
  },
  webhookAnswer: () => ({ status: 200, body: "" }),
  scrub: (text) => scrubText(text, { fields: new Set(["email"]), patterns: [/\bmu(wh)?_\w+/g] }),
};
