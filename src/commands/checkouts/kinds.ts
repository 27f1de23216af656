import type { Actor } from "#contracts/caller.ts";
import type { CheckoutStep, FollowUpRule } from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { bookingKind } from "../bookings/booking-kind.ts";
import { restKind } from "../bookings/rest-kind.ts";
import { orderKind } from "../orders/order-kind.ts";

export type Capacity = "slot" | "stock" | "none";

/** What settling, expiring, cancelling and callbacks must know about a kind of checkout. */
export type CheckoutKind = {
  /** What must be claimed, and alive, when it is paid. With `none`, money alone makes it paid. */
  capacity: Capacity;
  /** The follow-ups of `<kind>.<step>`. */
  followUps: Record<CheckoutStep, readonly FollowUpRule[]>;
  /** Throws a Refusal if paying now could no longer bring it. */
  requireAvailable(tx: Tx, checkout: CheckoutRow): Promise<void>;
  isClaimAlive(tx: Tx, checkout: CheckoutRow): Promise<boolean>;
  /** Claims the lapsed capacity again. Returns false if somebody else has it. */
  claimAgain(tx: Tx, checkout: CheckoutRow): Promise<boolean>;
  /** What is claimed lapses no earlier than so many minutes from now. */
  keepClaim(tx: Tx, checkout: { id: string }, minutes: number): Promise<void>;
  /** Frees what is claimed: `released` by a decision, `expired` by time. */
  letGo(tx: Tx, checkout: CheckoutRow, how: "released" | "expired"): Promise<void>;
  /** Throws a Refusal if it can be cancelled no more. */
  requireCancellable(tx: Tx, checkout: CheckoutRow): Promise<void>;
  /** What its terms give back at this moment, in minor units. Returns null if there are none. */
  backByTerms(tx: Tx, checkout: CheckoutRow): Promise<number | null>;
  /** What a customer may still pay once it is paid itself, locked. Returns null if nothing. */
  nextDue(tx: Tx, checkout: CheckoutRow): Promise<CheckoutRow | null>;
  /** The id of the purchase whose part it is. Returns its own if it is no part. */
  purchaseOf(tx: Tx, checkout: CheckoutRow): Promise<string>;
  /** A part whose money went back outside, locked. Returns null if none waits for an answer. */
  reversedPart(tx: Tx, checkout: CheckoutRow): Promise<CheckoutRow | null>;
  /** Keeps what a person said about it, for the merchant's people alone. */
  keepNote(tx: Tx, checkout: CheckoutRow, note: { text: string; actor: Actor }): Promise<void>;
  /** Whether this kind has kept its promises. The callback is checked elsewhere. */
  isReady(tx: Tx, checkout: CheckoutRow): Promise<boolean>;
  /** The part of the callback's body that says what was bought. */
  callbackPart(tx: Tx, checkout: CheckoutRow): Promise<Record<string, unknown>>;
};

/** The one table of kinds. A new kind is one file and one row here. */
export const checkoutKinds: Record<string, CheckoutKind> = {
  booking: bookingKind,
  rest: restKind,
  order: orderKind,
};

export function kindOf(checkout: { kind: string }): CheckoutKind {
  const kind = Object.hasOwn(checkoutKinds, checkout.kind) ? checkoutKinds[checkout.kind] : undefined;
  if (!kind) throw new Error(`there is no kind of checkout called ${checkout.kind}`);
  return kind;
}
