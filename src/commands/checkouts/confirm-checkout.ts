import { sql } from "kysely";
import { isPromiseKept } from "#domain/checkout-states.ts";
import { inTenant } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

/** `paid → confirmed` once what was promised is done: the room exists if online, the merchant's server has acknowledged if it has one. */
export async function confirmBooking(input: { tenantId: string; bookingId: string }): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    const booking = await tx.selectFrom("booking").selectAll().where("id", "=", input.bookingId).forUpdate().executeTakeFirst();
    if (booking?.status !== "paid") return;
    const callback = await tx
      .selectFrom("follow_up as f")
      .innerJoin("event as e", (join) => join.onRef("e.tenant_id", "=", "f.tenant_id").onRef("e.id", "=", "f.event_id"))
      .select("f.state")
      .where("f.subject_id", "=", booking.id)
      .where("f.job", "=", "deliver-callback")
      .where("e.kind", "=", "booking.paid")
      .executeTakeFirst();
    const kept = isPromiseKept({
      online: booking.online,
      hasRoom: booking.meeting_url !== null,
      hasCallback: callback !== undefined,
      callbackAcknowledged: callback?.state === "done",
    });
    if (!kept) return;
    await tx.updateTable("booking").set({ status: "confirmed", updated_at: sql`now()` }).where("id", "=", booking.id).execute();
    await logEvent(tx, {
      tenantId: input.tenantId,
      subject: { kind: "booking", id: booking.id },
      kind: "booking.confirmed",
      actor: "system",
    });
  });
}
