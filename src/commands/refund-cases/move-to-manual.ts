import { inTenant } from "#platform/db.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { logCase } from "./log-case.ts";
import { moveCase } from "./move-case.ts";

/** A person must now send the money back. Returns null: no further look is needed. */
export async function moveToManual(refundCase: RefundCaseRow, error: string | null = null): Promise<null> {
  await inTenant(refundCase.tenant_id, async (tx) => {
    if (await moveCase(tx, refundCase, "manual", { method: "manual", last_error: error }))
      await logCase(tx, refundCase, { kind: "refund_case.manual", actor: "system" });
  });
  return null;
}
