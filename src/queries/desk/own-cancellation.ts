import { sql } from "kysely";
import type { BookingState } from "#contracts/checkout.ts";
import type { Cancellation } from "#domain/cancellation.ts";
import { restBack, shareNow } from "#domain/desk/own-changes.ts";
import { usualStepMinor } from "#domain/money.ts";
import { isMoneyHere } from "#domain/payment-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { tenantOfCheckout } from "../checkout-tenant.ts";
import { readMoney } from "./booking-money.ts";
import { readRest } from "./booking-rest.ts";

export type OwnCancellation = {
  /** What the customer has paid, and what of it went back before. */
  paidMinor: number;
  beforeMinor: number;
  /** What the terms send back now: of the booking, and of its rest. */
  bookingBackMinor: number;
  restBackMinor: number;
  /** The rest's part of these sums. */
  restPaidMinor: number;
  restBeforeMinor: number;
};
type Checkout = Pick<CheckoutRow, "id" | "amount_minor" | "currency" | "paid_charge_id">;

/** What a customer gets back who cancels at this moment. The page and the command ask here. */
export async function readOwnCancellation(tx: Tx, checkout: Checkout): Promise<OwnCancellation> {
  const money = await readMoney(tx, checkout);
  const rest = await readRest(tx, checkout.id);
  const isRestHere = rest?.charge_status != null && isMoneyHere(rest.charge_status);
  const restPaidMinor = rest && isRestHere ? rest.amount_minor : 0;
  const restSentMinor = rest && isRestHere ? rest.sent : 0;
  const { start, terms } = await tx
    .selectFrom("booking")
    .select(["starts_at as start", sql<Cancellation | null>`cancellation`.as("terms")])
    .where("id", "=", checkout.id)
    .executeTakeFirstOrThrow();
  const ofRestMinor = restBack(terms, {
    amountMinor: checkout.amount_minor,
    restMinor: restPaidMinor,
    start,
    now: new Date(databaseNow()),
    stepMinor: usualStepMinor(checkout.currency),
  });
  const restBackMinor = Math.max(0, Math.min(restPaidMinor, ofRestMinor) - restSentMinor);
  return {
    paidMinor: money.paidMinor + restPaidMinor,
    beforeMinor: money.sentBackMinor + restSentMinor,
    bookingBackMinor: money.byTermsMinor ?? 0,
    restBackMinor,
    restPaidMinor,
    restBeforeMinor: restSentMinor,
  };
}

/** For whoever has shown the booking's token already. */
export async function loadOwnCancellationOf(bookingId: string): Promise<OwnCancellation> {
  return inTenant(await tenantOfCheckout(bookingId), async (tx) => {
    const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", bookingId).executeTakeFirstOrThrow();
    return readOwnCancellation(tx, checkout);
  });
}

/**
 * The share that a cancellation will give back at most once the customer has moved it now. Null if
 * the move changes nothing about it.
 */
export function percentAfterMove({ amountMinor, cancellation, start, currency }: BookingState): number | null {
  if (!cancellation || amountMinor === 0) return null;
  const paid = { amountMinor, start: new Date(start), now: new Date(databaseNow()), stepMinor: usualStepMinor(currency) };
  const percent = shareNow(cancellation, paid);
  return percent < (cancellation.steps[0]?.percentBack ?? 0) ? percent : null;
}
