import { Refusal } from "#contracts/problem.ts";
import type { Cancellation } from "#domain/cancellation.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { ownChangeEnds } from "#domain/desk/own-changes.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import type { BookingRow, CheckoutRow } from "#platform/rows.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";

export type OwnBooking = { checkout: CheckoutRow; booking: BookingRow; terms: Cancellation | null };

/**
 * The booking of whoever has its token, locked. A wrong token gets the same answer as an unknown
 * id. Refuses: checkout_unknown.
 */
export async function lockOwnBooking(tx: Tx, { bookingId, token }: { bookingId: string; token: string }): Promise<OwnBooking> {
  const checkout = await lockCheckout(tx, bookingId);
  if (!checkout || !isSameText(checkout.token, token)) throw new Refusal("checkout_unknown");
  const booking = await tx.selectFrom("booking").selectAll().where("id", "=", bookingId).executeTakeFirst();
  if (!booking) throw new Refusal("checkout_unknown");
  return { checkout, booking, terms: booking.cancellation as Cancellation | null };
}

/** By the merchant's settings at this moment. Refuses: own_change_closed. */
export async function requireOwnChange(tx: Tx, { checkout, booking, terms }: OwnBooking, wish: "cancel" | "move"): Promise<void> {
  const { customer_cancel_hours: cancelHours, customer_move_hours: moveHours } = await tx
    .selectFrom("tenant")
    .select(["customer_cancel_hours", "customer_move_hours"])
    .executeTakeFirstOrThrow();
  const ends = ownChangeEnds(
    { start: booking.starts_at, paidMinor: checkout.amount_minor, cancellation: terms, moves: booking.moves },
    { cancelHours, moveHours },
  );
  const end = wish === "cancel" ? ends.cancelUntil : ends.moveUntil;
  const isOpen = isPaid(checkout.status) && booking.attendance === null && end !== null && end.getTime() > databaseNow();
  if (!isOpen) throw new Refusal("own_change_closed");
}
