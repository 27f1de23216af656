import { sql } from "kysely";
import { statusAfterHold } from "#domain/checkout-states.ts";
import { claimEnd } from "#domain/hold-times.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

/** A timer for the moment the claim lapses. Time alone decides; this only tidies up. */
export async function scheduleExpiry(tx: Tx, input: { tenantId: string; bookingId: string; visibleEnd: Date }): Promise<void> {
  const payload = JSON.stringify({ tenantId: input.tenantId, bookingId: input.bookingId });
  const at = new Date(claimEnd(input.visibleEnd).getTime() + 1000);
  await sql`select enqueue_job('expire-booking', ${payload}::json, run_at := ${at}, job_key := ${`expire-${input.bookingId}`})`.execute(tx);
}

/** A pending booking whose claim has lapsed becomes `expired`, or `failed` if the customer tried to pay. Anything else is left alone. */
export async function expireBooking(input: { tenantId: string; bookingId: string }): Promise<boolean> {
  return inTenant(input.tenantId, async (tx) => {
    const booking = await tx.selectFrom("booking").selectAll().where("id", "=", input.bookingId).forUpdate().executeTakeFirst();
    if (booking?.status !== "pending") return false;
    const alive = await tx
      .selectFrom("slot_claim")
      .select("id")
      .where("booking_id", "=", booking.id)
      .where("state", "in", ["held", "paying"])
      .where("expires_at", ">", sql<Date>`now()`)
      .executeTakeFirst();
    const due = await sql<{ due: boolean }>`select ${claimEnd(booking.hold_expires_at)}::timestamptz <= now() as due`.execute(tx);
    if (alive || !due.rows[0]?.due) return false;
    await closeUnpaid(tx, booking);
    return true;
  });
}

async function closeUnpaid(tx: Tx, booking: { tenant_id: string; id: string; payment_status: string }): Promise<void> {
  const subject = { kind: "booking", id: booking.id } as const;
  await tx
    .updateTable("slot_claim")
    .set({ state: "expired" })
    .where("booking_id", "=", booking.id)
    .where("state", "in", ["held", "paying"])
    .execute();
  const tried = await tx
    .selectFrom("charge as c")
    .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
    .select("c.id")
    .where("p.booking_id", "=", booking.id)
    .executeTakeFirst();
  const status = statusAfterHold({ triedToPay: tried !== undefined });
  await tx.updateTable("booking").set({ status, updated_at: sql`now()` }).where("id", "=", booking.id).execute();
  // Payments that nobody began are over; a pending one may still be approved by a slow bank.
  await tx
    .updateTable("payment")
    .set({ status: "expired", updated_at: sql`now()` })
    .where("booking_id", "=", booking.id)
    .where("status", "=", "created")
    .execute();
  await logEvent(tx, {
    tenantId: booking.tenant_id,
    subject,
    kind: status === "failed" ? "booking.failed" : "booking.expired",
    actor: "system",
  });
}
