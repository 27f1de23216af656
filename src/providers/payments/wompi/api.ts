import { z } from "zod";
import type { ChargeFact, FoundCharges } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { failureOfReply } from "#platform/outbound.ts";
import { ask, type JsonApi, placesOf, read } from "#providers/json-api.ts";
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

const pageSize = 200;
/** The reply does not say how many pages there are, and may have fewer rows than were asked. */
const rowsOfAFullPageMin = 10;
const pagesMax = 10;

export async function findCharges(api: JsonApi, reference: string): Promise<FoundCharges> {
  const found: FoundCharges = { charges: [], unreadable: [] };
  for (let page = 1; page <= pagesMax; page += 1) {
    const query = new URLSearchParams({ reference, page_size: String(pageSize), ...(page > 1 && { page: String(page) }) });
    const reply = await ask(api, "GET", `/transactions?${query}`);
    if (reply.status !== 200) throw failureOfReply({ provider: "wompi", reply, asked: "the search by reference" });
    const rows = read("wompi", z.object({ data: z.array(z.unknown()) }), reply).data;
    for (const row of rows) readRow(found, row, reference);
    if (rows.length < rowsOfAFullPageMin) return found;
  }
  found.unreadable.push({ providerChargeId: null, why: `there are more than ${pagesMax} pages` });
  return found;
}

/** A charge may come twice, because rows move to other pages between two requests. */
export function readRow({ charges, unreadable }: FoundCharges, row: unknown, reference?: string): void {
  const parsed = transactionShape.safeParse(row);
  if (!parsed.success) {
    const { data } = z.object({ id: z.string().min(1).max(255) }).safeParse(row);
    unreadable.push({ providerChargeId: data?.id ?? null, why: `not as documented: ${placesOf(parsed.error)}` });
  } else if (reference !== undefined && parsed.data.reference !== reference) {
    unreadable.push({ providerChargeId: parsed.data.id, why: "it has another reference" });
  } else if (!charges.some(({ providerChargeId }) => providerChargeId === parsed.data.id)) {
    charges.push(factOf(parsed.data));
  }
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
