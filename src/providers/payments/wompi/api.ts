import { z } from "zod";
import type { ChargeFact } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { failureOfReply } from "#platform/outbound.ts";
import { ask, type JsonApi, read } from "#providers/json-api.ts";
import { scrubText } from "../scrub.ts";

const transactionShape = z.object({
  id: z.string().min(1).max(255),
  reference: z.string().max(255),
  status: z.string().min(1).max(64),
  amount_in_cents: z.int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
  payment_method_type: z.string().max(64).nullish(),
  finalized_at: z.string().max(64).nullish(),
});

export async function findCharges(api: JsonApi, reference: string): Promise<ChargeFact[]> {
  const query = new URLSearchParams({ reference, page_size: "200" });
  const reply = await ask(api, "GET", `/transactions?${query}`);
  if (reply.status !== 200) throw failureOfReply({ provider: "wompi", reply, asked: "the search by reference" });
  const charges = read("wompi", z.object({ data: z.array(transactionShape) }), reply).data.map(factOf);
  if (charges.some((charge) => charge.reference !== reference))
    throw failure("unexpected_reply", "a charge of another reference was found");
  return charges;
}

export async function findCharge(api: JsonApi, id: string): Promise<ChargeFact | null> {
  const reply = await ask(api, "GET", `/transactions/${encodeURIComponent(id)}`);
  if (reply.status === 404) return null;
  if (reply.status !== 200) throw failureOfReply({ provider: "wompi", reply, asked: "reading the charge" });
  const charge = factOf(read("wompi", z.object({ data: transactionShape }), reply).data);
  if (charge.providerChargeId !== id) throw failure("unexpected_reply", "the reply is about another charge");
  return charge;
}

/** An unknown word means "still pending": never money, never a failure. */
export const stateOf = (word: string): ChargeState => (Object.hasOwn(states, word) ? (states[word] ?? "pending") : "pending");

const states: Record<string, ChargeState> = {
  PENDING: "pending",
  APPROVED: "approved",
  DECLINED: "declined",
  ERROR: "error",
  VOIDED: "voided",
};

/** Passes a foreign currency on, for settle to call a mismatch. */
function factOf(transaction: z.output<typeof transactionShape>): ChargeFact {
  const finalizedAt = new Date(transaction.finalized_at ?? Number.NaN);
  return {
    providerChargeId: transaction.id,
    reference: transaction.reference,
    state: stateOf(transaction.status),
    providerStatus: transaction.status,
    amountMinor: transaction.amount_in_cents,
    currency: transaction.currency,
    method: transaction.payment_method_type ?? null,
    finalizedAt: Number.isNaN(finalizedAt.getTime()) ? null : finalizedAt,
  };
}

export function scrub(text: string): string {
  return scrubText(text, { fields: scrubbedFields, patterns: secretPatterns });
}

export const failure = (kind: ProviderFailure["kind"], message: string) => new ProviderFailure({ provider: "wompi", kind, message });

const secretPatterns = [/\b(prv_(test|prod)|(test|prod)_(events|integrity))_\w+/g, /\bBearer [\w.~+/=-]+/gi];
const scrubbedFields = new Set([
  "token",
  "extra",
  "customer_email",
  "customer_data",
  "billing_data",
  "shipping_address",
  "phone_number",
  "full_name",
  "user_legal_id",
  "privateKey",
  "eventsSecret",
  "integritySecret",
  "acceptance_token",
]);
