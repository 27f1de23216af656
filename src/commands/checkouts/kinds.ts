import type { CheckoutStep, FollowUpRule } from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { bookingKind } from "../bookings/booking-kind.ts";

/** What settling, expiring, cancelling and telling must know of a kind of checkout, and nothing more. */
export type CheckoutKind = {
  /** Whether being paid takes a living claim. Without one, money alone makes it paid. */
  needsClaim: boolean;
  /** What follows `<kind>.<step>`. */
  followUps: Record<CheckoutStep, readonly FollowUpRule[]>;
  isClaimAlive(tx: Tx, checkout: CheckoutRow): Promise<boolean>;
  /** The claim has lapsed, or there never was one. Returns false if somebody else has the capacity. */
  claimAgain(tx: Tx, checkout: CheckoutRow): Promise<boolean>;
  /** What is claimed lapses no earlier than so many minutes from now. */
  keepClaim(tx: Tx, checkout: { id: string }, minutes: number): Promise<void>;
  /** Lets go of whatever is claimed: `released` by a decision, `expired` by time. */
  letGo(tx: Tx, checkout: CheckoutRow, how: "released" | "expired"): Promise<void>;
  /** Whether what this kind promises is there, the callback apart. */
  isReady(tx: Tx, checkout: CheckoutRow): Promise<boolean>;
  /** Its part of the callback's body: what was bought. */
  callbackPart(tx: Tx, checkout: CheckoutRow): Promise<Record<string, unknown>>;
};

/** The one table of kinds. A new kind is a file and a row here. */
export const checkoutKinds: Record<string, CheckoutKind> = {
  booking: bookingKind,
};

export function kindOf(checkout: { kind: string }): CheckoutKind {
  const kind = Object.hasOwn(checkoutKinds, checkout.kind) ? checkoutKinds[checkout.kind] : undefined;
  if (!kind) throw new Error(`there is no kind of checkout called ${checkout.kind}`);
  return kind;
}
