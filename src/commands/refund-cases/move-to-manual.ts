import { inTenant } from "#platform/db.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { moveCase } from "./move-case.ts";
import { refundSubject } from "./open.ts";

/** A person sends the money back in the provider's panel, and writes down the proof. */
export async function moveToManual(refundCase: RefundCaseRow, error: string | null = null): Promise<void> {
  const { tenant_id: tenantId, id } = refundCase;
  await inTenant(tenantId, async (tx) => {
    if (!(await moveCase(tx, refundCase, "manual", { method: "manual", last_error: error }))) return;
    const subject = refundSubject({ id, checkoutId: refundCase.checkout_id });
    await logEvent(tx, { tenantId, subject, kind: "refund_case.manual", details: { refundCaseId: id }, actor: "system" });
  });
}
