import { sql } from "kysely";
import { inTenant } from "../../platform/db.ts";

/** The customer's own link into the room. False: the booking is no longer paid, and the room must go. */
export async function saveMeetingUrl(input: { tenantId: string; bookingId: string; meetingUrl: string }): Promise<boolean> {
  return inTenant(input.tenantId, async (tx) => {
    const saved = await tx
      .updateTable("booking")
      .set({ meeting_url: input.meetingUrl, updated_at: sql`now()` })
      .where("id", "=", input.bookingId)
      .where("status", "in", ["paid", "confirmed", "completed", "no_show"])
      .executeTakeFirst();
    if (!saved.numUpdatedRows) return false;
    await sql`select pg_notify('konfirmado_booking', ${input.bookingId})`.execute(tx);
    return true;
  });
}
