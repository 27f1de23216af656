import type Stripe from "stripe";
import { z } from "zod";
import type { ChargeFact, FoundCharges, KnownPayment } from "#domain/payment-provider.ts";
import { placesOf } from "#providers/json-api.ts";
import { disputeShape, factOf, type Intent, intentShape, type Parts, refundShape } from "./charge-fact.ts";
import { ask, type StripeApi } from "./client.ts";
import { failure, failureOf, problemOf } from "./failures.ts";

export type Place = { api: StripeApi; isLive: boolean };

const chargeParts = ["latest_charge.balance_transaction", "latest_charge.refunds"];
const sessionShape = z.object({ id: z.string(), client_reference_id: z.string().nullish(), payment_intent: z.unknown() });

/**
 * A session holds one payment. All tries on its page are that one's, and it can be paid once. A
 * session that was never stored gave nobody its address: there is nothing to ask for.
 */
export async function findCharges({ api, isLive }: Place, payment: KnownPayment): Promise<FoundCharges> {
  const found: FoundCharges = { charges: [], unreadable: [] };
  const { providerPaymentId: sessionId, reference } = payment;
  if (sessionId === null) return found;
  const expand = chargeParts.map((part) => `payment_intent.${part}`);
  const answer = await ask(api, "reading the session", (stripe) => stripe.checkout.sessions.retrieve(sessionId, { expand }));
  const session = sessionShape.safeParse(answer);
  if (!session.success || session.data.id !== sessionId) throw failure("unexpected_reply", "the session is not as documented");
  const { client_reference_id: told, payment_intent: row } = session.data;
  if (row === null || row === undefined) return found;
  const intent = intentShape.safeParse(row);
  if (!intent.success) found.unreadable.push({ providerChargeId: idOf(row), why: `not as documented: ${placesOf(intent.error)}` });
  else if (told !== reference) found.unreadable.push({ providerChargeId: intent.data.id, why: "the session has another reference" });
  else addFact(found, { intent: intent.data, fact: factOf(intent.data, await partsOf(api, intent.data), { isLive, reference }) });
  return found;
}

function addFact({ charges, unreadable }: FoundCharges, { intent, fact }: { intent: Intent; fact: ChargeFact | null }): void {
  if (fact) charges.push(fact);
  else unreadable.push({ providerChargeId: intent.id, why: "the amount is a part of a minor unit" });
}

const idOf = (row: unknown): string | null => z.object({ id: z.string().min(1).max(255) }).safeParse(row).data?.id ?? null;

/** A charge is Stripe's payment intent, to which its charges, refunds and disputes lead. */
export async function findCharge({ api, isLive }: Place, id: string): Promise<ChargeFact | null> {
  const answer = await ask(api, "reading the charge", async (stripe) => {
    try {
      return await stripe.paymentIntents.retrieve(id, { expand: chargeParts });
    } catch (error) {
      if (problemOf(error)?.code === "resource_missing") return null;
      throw failureOf(error, "reading the charge");
    }
  });
  if (answer === null) return null;
  const intent = intentShape.safeParse(answer);
  if (!intent.success) throw failure("unexpected_reply", `the reply is not as documented: ${placesOf(intent.error)}`);
  if (intent.data.id !== id) throw failure("unexpected_reply", "the reply is about another charge");
  const fact = factOf(intent.data, await partsOf(api, intent.data), { isLive });
  if (!fact) throw failure("unexpected_reply", "the amount is a part of a minor unit");
  return fact;
}

const rowsMax = 100;

/** The ten youngest refunds come with the charge. Disputes are asked for, if there are any. */
async function partsOf(api: StripeApi, intent: Intent): Promise<Parts> {
  const charge = intent.latest_charge;
  if (!charge || intent.status !== "succeeded") return { refunds: [], disputes: [] };
  const isWhole = charge.refunds !== null && charge.refunds !== undefined && !charge.refunds.has_more;
  const list = { payment_intent: intent.id, limit: rowsMax };
  const [refunds, disputes] = await Promise.all([
    isWhole ? (charge.refunds?.data ?? []) : rowsOf(api, "reading the refunds", refundShape, (stripe) => stripe.refunds.list(list)),
    charge.disputed ? rowsOf(api, "reading the disputes", disputeShape, (stripe) => stripe.disputes.list(list)) : [],
  ]);
  return { refunds, disputes };
}

type Listing = (stripe: Stripe) => Promise<{ data: unknown[]; has_more: boolean }>;

async function rowsOf<Shape extends z.ZodType>(api: StripeApi, asked: string, shape: Shape, list: Listing): Promise<z.output<Shape>[]> {
  const answer = z.object({ data: z.array(shape), has_more: z.literal(false) }).safeParse(await ask(api, asked, list));
  if (answer.success) return answer.data.data;
  throw failure("unexpected_reply", `${asked}: the reply is not as documented: ${placesOf(answer.error)}`);
}
