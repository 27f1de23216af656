import { sql } from "kysely";
import type { BookingState } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { isBookingPaid, mayBookingMove } from "#domain/checkout-states.ts";
import { isMoneyHere, type PaymentState } from "#domain/payment-states.ts";
import { inTenant } from "#platform/db.ts";
import { type Actor, logEvent } from "../log-event.ts";
import { openRefundCase } from "../refund-cases/open.ts";

/** Cancels a booking: its slot is free at once; money that is in becomes a refund case. Refuses: booking_unknown, booking_closed. */
export async function cancelBooking(input: { tenantId: string; bookingId: string; actor: Actor }): Promise<void> {
  const { tenantId } = input;
  await inTenant(tenantId, async (tx) => {
    const booking = await tx.selectFrom("booking").selectAll().where("id", "=", input.bookingId).forUpdate().executeTakeFirst();
    if (!booking) throw new Refusal("booking_unknown");
    const status = booking.status as BookingState["status"];
    if (!mayBookingMove(status, "cancelled")) throw new Refusal("booking_closed");
    const wasPaid = isBookingPaid(status);
    await tx
      .updateTable("slot_claim")
      .set({ state: "released" })
      .where("booking_id", "=", booking.id)
      .where("state", "in", ["held", "paying", "booked"])
      .execute();
    await tx.updateTable("booking").set({ status: "cancelled", updated_at: sql`now()` }).where("id", "=", booking.id).execute();
    const { callback_url } = await tx.selectFrom("tenant").select("callback_url").executeTakeFirstOrThrow();
    await logEvent(tx, {
      tenantId,
      subject: { kind: "booking", id: booking.id },
      kind: "booking.cancelled",
      details: { reason: "cancelled" },
      actor: input.actor,
      facts: { online: booking.online, wasPaid, hasCallback: callback_url !== null },
    });
    if (!booking.paid_charge_id) return;
    const charge = await tx.selectFrom("charge").selectAll().where("id", "=", booking.paid_charge_id).forUpdate().executeTakeFirstOrThrow();
    // Also what is disputed or on its way back in part: the case waits for the banks, or goes to a person (domain/refund-policy.ts).
    if (isMoneyHere(charge.status as PaymentState))
      await openRefundCase(tx, { tenantId, charge, booking, reason: "cancelled", actor: input.actor });
  });
}
