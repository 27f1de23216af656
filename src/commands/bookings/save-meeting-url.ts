import { sql } from "kysely";
import { inTenant } from "../../platform/db.ts";

/** The customer's own link into the room. */
export async function saveMeetingUrl(input: { tenantId: string; bookingId: string; meetingUrl: string }): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    await tx
      .updateTable("booking")
      .set({ meeting_url: input.meetingUrl, updated_at: sql`now()` })
      .where("id", "=", input.bookingId)
      .execute();
    await sql`select pg_notify('konfirmado_booking', ${input.bookingId})`.execute(tx);
  });
}
