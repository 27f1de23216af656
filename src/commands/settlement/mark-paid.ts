import type { QueryConfig } from "pg";
import type { Actor } from "#contracts/caller.ts";
import { conditionsOf, followUpsOf } from "#domain/follow-ups.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { mayPaymentMove, type PaymentState } from "#domain/payment-states.ts";
import { kindOf } from "../checkouts/kinds.ts";
import { eventAsJson } from "../log-event.ts";
import { chargeAsJson } from "./record-charge.ts";

export type Paid = {
  tenantId: string;
  connectionId: string;
  checkout: { id: string; kind: string; status: string; traits: readonly string[] };
  payment: { id: string; status: PaymentState };
  fact: ChargeFact;
  hasCallback: boolean;
  /** The request that caused it (`withCause`). */
  cause: object;
};

/**
 * Makes each living claim its checkout's, records the charge, writes and enqueues the follow-ups:
 * one round trip under the caller's locks. Answers false, having changed nothing, if no claim is
 * alive.
 */
export function markPaid(paid: readonly Paid[]): QueryConfig {
  return { name: "mark-paid", text: "select done from mark_paid($1) done", values: [JSON.stringify(paid.map(asJson))] };
}

function asJson({ tenantId, connectionId, checkout, payment, fact, hasCallback, cause }: Paid) {
  const kind = kindOf(checkout);
  const { amountMinor, currency } = fact;
  const actor: Actor = "provider";
  const facts = { traits: checkout.traits, wasPaid: true, hasCallback };
  return {
    ...chargeAsJson({ tenantId, connectionId, paymentId: payment.id, fact, outcome: "booked" }),
    checkoutId: checkout.id,
    capacity: kind.capacity,
    ...(kind.capacity === "stock" && { ifLow: stockLow({ tenantId, cause }) }),
    movesPayment: mayPaymentMove(payment.status, "approved"),
    details: { paymentId: payment.id, amountMinor, currency, wasLate: checkout.status !== "pending", ...cause },
    actor,
    conditions: conditionsOf(facts),
    followUps: followUpsOf(kind.followUps.paid, facts),
  };
}

/** The event of a variant that the sale brings to its mark: `take_paid_stock` says which. */
function stockLow({ tenantId, cause }: Pick<Paid, "tenantId" | "cause">) {
  const { details: _, ...event } = eventAsJson({ tenantId, subject: { kind: "tenant", id: tenantId }, kind: "stock.low", actor: "system" });
  return { ...event, cause };
}
