import type { QueryConfig } from "pg";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { mayPaymentMove, type PaymentState } from "#domain/payment-states.ts";
import { followUpsAsJson } from "../log-event.ts";
import { approvedAt } from "./record-charge.ts";

export type Paid = {
  tenantId: string;
  booking: { id: string; status: string; online: boolean };
  payment: { id: string; status: string };
  fact: ChargeFact;
  hasCallback: boolean;
  /** The request that brought it: see `withCause`. */
  cause: object;
};

/**
 * The living claim of each becomes its booking's, the charge is recorded as what paid, and everything that follows is written and enqueued: one
 * round trip, in the caller's transaction and under its locks. False, and nothing done for that one: there is no living claim.
 */
export function markPaid(paid: readonly Paid[]): QueryConfig {
  const facts = paid.map(({ fact }) => fact);
  return {
    name: "mark-paid",
    text: "select done from mark_paid($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) done",
    values: [
      paid.map(({ tenantId }) => tenantId),
      paid.map(({ booking }) => booking.id),
      paid.map(({ payment }) => payment.id),
      paid.map(({ payment }) => mayPaymentMove(payment.status as PaymentState, "approved")),
      facts.map(({ providerChargeId }) => providerChargeId),
      facts.map(({ reference }) => reference),
      facts.map(({ providerStatus }) => providerStatus),
      facts.map(({ amountMinor }) => amountMinor),
      facts.map(({ currency }) => currency),
      facts.map(({ method }) => method),
      facts.map((fact) => approvedAt(fact)?.toISOString() ?? null),
      paid.map((one) => JSON.stringify(detailsOf(one))),
      paid.map(({ booking, hasCallback }) => followUpsAsJson("booking.paid", { online: booking.online, wasPaid: true, hasCallback })),
    ],
  };
}

function detailsOf({ booking, payment, fact, cause }: Paid) {
  const { amountMinor, currency } = fact;
  return { paymentId: payment.id, amountMinor, currency, wasLate: booking.status !== "pending", ...cause };
}
