import { z } from "zod";
import type { Outgoing } from "../outgoing.ts";
import { announce } from "./events.ts";
import { apiKnobsOf, type Knobs, type SomeKnobs, withKnobs } from "./knobs.ts";
import {
  type BoldLink,
  type BoldMerchant,
  type BoldPayment,
  type BoldWorld,
  isExpired,
  type Method,
  newPaymentId,
  paymentsOf,
  rememberPayment,
} from "./world.ts";

export const outcomes = ["approve", "decline", "decline_then_retry", "fail", "pending", "close", "abandon", "card"] as const;
export type Outcome = (typeof outcomes)[number];

export const paySchema = z.object({
  link: z.string().min(1),
  outcome: z.enum(outcomes),
  method: z.enum(["CARD_WEB", "NEQUI", "PSE", "BOTON_BANCOLOMBIA"]).default("CARD_WEB"),
  card: z.string().default(""),
});
export type Choice = { outcome: Outcome; method: Method; card: string; changes: SomeKnobs };

const statusOf: Record<Exclude<Outcome, "card" | "abandon">, string> = {
  approve: "APPROVED",
  decline: "REJECTED",
  decline_then_retry: "REJECTED",
  fail: "FAILED",
  pending: "PENDING",
  close: "APPROVED",
};

/** https://developers.bold.co/pagos-en-linea/boton-de-pagos/ambiente-pruebas */
export const testCards: Record<string, string> = {
  "4111111111111111": "APPROVED",
  "5100010000000015": "APPROVED",
  "4970110000000062": "REJECTED",
  "5204730000008404": "FAILED",
};

const cardStatus = (card: string): string => testCards[card.replaceAll(/\D/g, "")] ?? "FAILED";

export type Refused = { status: 409 | 410; why: "paid" | "expired" };
export type Paid = {
  outcome: Outcome;
  reference: string;
  paymentIds: string[];
  status: string | null;
  /** The address that the real page would open. Null when the buyer stays or has gone. */
  returnUrl: string | null;
  events: Outgoing[];
};

/** Returns null when the buyer may pay now. */
export function refusePayment(world: BoldWorld, link: BoldLink, knobs: Knobs): Refused | null {
  const tries = paymentsOf(world, link.identityKey, link.reference).filter(({ linkId }) => linkId === link.id);
  if (tries.some(({ status }) => status === "APPROVED" || status === "VOIDED")) return { status: 409, why: "paid" };
  return isExpired(world, link) && knobs.expiredApprovals === "refused" ? { status: 410, why: "expired" } : null;
}

/** Does what a press of the hosted page's button does. */
export async function pay(world: BoldWorld, link: BoldLink, merchant: BoldMerchant, choice: Choice): Promise<Paid> {
  const { outcome, method, card, changes } = choice;
  const { reference } = link;
  if (outcome === "abandon") return { outcome, reference, paymentIds: [], status: null, returnUrl: null, events: [] };
  merchant.knobs = withKnobs(merchant.knobs, apiKnobsOf(changes));
  const knobs = withKnobs(merchant.knobs, changes);
  const wished = outcome === "card" ? cardStatus(card) : statusOf[outcome];
  const status = wished === "PENDING" ? wished : (knobs.unknownStatus ?? wished);
  const count = wished === "APPROVED" ? knobs.approvals : 1;
  const payments = Array.from({ length: count }, () => paymentFrom(world, link, { status, method, knobs }));
  for (const payment of payments) rememberPayment(world, payment);
  const sent = await Promise.all(payments.map((payment) => announce(world, { merchant, payment, knobs })));
  const isLeaving = outcome !== "close" && outcome !== "decline_then_retry";
  return {
    outcome,
    reference,
    paymentIds: payments.map(({ id }) => id),
    status,
    returnUrl: isLeaving ? returnUrl(link, status) : null,
    events: sent.flat(),
  };
}

type Wish = { status: string; method: Method; knobs: Knobs };

function paymentFrom(world: BoldWorld, link: BoldLink, { status, method, knobs }: Wish): BoldPayment {
  return {
    id: newPaymentId(),
    identityKey: link.identityKey,
    linkId: link.id,
    reference: link.reference,
    total: (knobs.amount ?? link.total) + knobs.tip,
    tip: knobs.tip,
    currency: knobs.currency ?? link.currency,
    status,
    method,
    createdAt: new Date(world.clock.now()).toISOString(),
    payer: { email: link.payerEmail, name: null },
    reads: 0,
    lag: knobs.apiLag,
  };
}

const returnWords: Record<string, string> = { APPROVED: "approved", REJECTED: "rejected", FAILED: "failed", PENDING: "pending" };

/** Forgeable: nothing of it is signed. */
function returnUrl({ callbackUrl, reference }: BoldLink, status: string): string | null {
  if (callbackUrl === null) return null;
  const url = new URL(callbackUrl);
  url.searchParams.set("bold-order-id", reference);
  url.searchParams.set("bold-tx-status", returnWords[status] ?? "processing");
  return url.href;
}
