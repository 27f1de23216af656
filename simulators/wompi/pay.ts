import { z } from "zod";
import type { Checkout } from "./checkout.ts";
import { announce } from "./events.ts";
import { apiKnobsOf, type Knobs, type SomeKnobs, withKnobs } from "./knobs.ts";
import type { Method, WompiEvent, WompiTransaction } from "./shapes.ts";
import { createTransaction, finalize, type WompiWorld } from "./world.ts";

export const outcomes = ["approve", "decline", "error", "pending", "decline_then_retry", "close", "abandon"] as const;
export type Outcome = (typeof outcomes)[number];

export const paySchema = z.object({
  query: z.string().min(1),
  /** `form`: what the buyer typed decides (form.ts). */
  outcome: z.enum([...outcomes, "form"]),
  method: z.enum(["CARD", "NEQUI", "PSE"]).default("CARD"),
  card: z.string().max(30).default(""),
  phone: z.string().max(30).default(""),
  bank: z.string().max(10).default(""),
});

const statusOf: Record<Outcome, string | null> = {
  approve: "APPROVED",
  decline: "DECLINED",
  error: "ERROR",
  pending: "PENDING",
  decline_then_retry: "DECLINED",
  close: "APPROVED",
  abandon: null,
};

export type Paid = {
  outcome: Outcome;
  reference: string;
  transactionIds: string[];
  status: string | null;
  /** The address that the real page would open. Null when the buyer stays or has gone. */
  redirectUrl: string | null;
  events: WompiEvent[];
};

/** Does what a press of the hosted page's button does. */
export async function pay(
  world: WompiWorld,
  checkout: Checkout,
  choice: { outcome: Outcome; method: Method; changes: SomeKnobs },
): Promise<Paid> {
  const { outcome, method, changes } = choice;
  const { merchant, reference } = checkout;
  const status = statusOf[outcome];
  if (status === null) return { outcome, reference, transactionIds: [], status, redirectUrl: null, events: [] };
  merchant.knobs = withKnobs(merchant.knobs, apiKnobsOf(changes));
  const knobs = withKnobs(merchant.knobs, changes);
  const count = status === "APPROVED" ? knobs.approvals : 1;
  const transactions = Array.from({ length: count }, () => createFrom(world, checkout, method, knobs));
  const events = await settleAll(world, { checkout, transactions, status, knobs });
  const first = transactions[0];
  const isLeaving = outcome !== "close" && outcome !== "decline_then_retry";
  return {
    outcome,
    reference,
    transactionIds: transactions.map((transaction) => transaction.id),
    status: first?.status ?? null,
    redirectUrl: isLeaving && first ? returnUrl(checkout, first.id) : null,
    events,
  };
}

function createFrom(world: WompiWorld, checkout: Checkout, method: Method, knobs: Knobs): WompiTransaction {
  const { merchant, reference, redirectUrl, expirationTime, customer } = checkout;
  const amountInCents = knobs.amountInCents ?? checkout.amountInCents;
  const currency = knobs.currency ?? checkout.currency;
  return createTransaction(world, { merchant, reference, amountInCents, currency, method, redirectUrl, expirationTime, customer });
}

type Settlement = { checkout: Checkout; transactions: WompiTransaction[]; status: string; knobs: Knobs };

async function settleAll(world: WompiWorld, { checkout, transactions, status, knobs }: Settlement): Promise<WompiEvent[]> {
  if (status === "PENDING") return [];
  for (const transaction of transactions) finalize(world, transaction, knobs.unknownStatus ?? status, knobs.apiLag);
  const { merchant } = checkout;
  const sent = await Promise.all(transactions.map((transaction) => announce(world, { merchant, transaction, knobs })));
  return sent.flat();
}

/** `?id=` is documented. `env` was seen in a real return. Neither is signed. */
function returnUrl(checkout: Checkout, id: string): string | null {
  if (checkout.redirectUrl === null) return null;
  const environment = checkout.merchant.publicKey.startsWith("pub_prod_") ? "prod" : "test";
  const mark = checkout.redirectUrl.includes("?") ? "&" : "?";
  return `${checkout.redirectUrl}${mark}id=${id}&env=${environment}`;
}
