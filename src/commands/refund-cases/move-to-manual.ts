import { sql } from "kysely";
import { inTenant } from "#platform/db.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { refundSubject } from "./open.ts";

/** A person sends the money back in the provider's panel, and writes down the proof. */
export async function moveToManual(tenantId: string, refundCase: RefundCaseRow, error: string | null = null): Promise<void> {
  await inTenant(tenantId, async (tx) => {
    const moved = await tx
      .updateTable("refund_case")
      .set({ state: "manual", method: "manual", last_error: error, updated_at: sql`now()` })
      .where("id", "=", refundCase.id)
      .where("state", "in", ["open", "armed", "observing"])
      .executeTakeFirst();
    if (!moved.numUpdatedRows) return;
    const subject = refundSubject({ id: refundCase.id, bookingId: refundCase.booking_id });
    await logEvent(tx, { tenantId, subject, kind: "refund_case.manual", details: { refundCaseId: refundCase.id }, actor: "system" });
  });
}
