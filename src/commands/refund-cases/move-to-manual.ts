import { inTenant } from "#platform/db.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { logCase } from "./log-case.ts";
import { moveCase } from "./move-case.ts";

/**
 * From now on a person sends the money back in the provider's panel and writes down the proof.
 * Returns null, because the case needs no further look.
 */
export async function moveToManual(refundCase: RefundCaseRow, error: string | null = null): Promise<null> {
  await inTenant(refundCase.tenant_id, async (tx) => {
    if (await moveCase(tx, refundCase, "manual", { method: "manual", last_error: error }))
      await logCase(tx, refundCase, { kind: "refund_case.manual", actor: "system" });
  });
  return null;
}
