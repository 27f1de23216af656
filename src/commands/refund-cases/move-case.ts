import { type Kysely, sql } from "kysely";
import type { DB } from "#db/types.ts";
import { type RefundState, refundStatesBefore } from "#domain/refund-policy.ts";
import type { RefundCaseRow } from "#platform/rows.ts";

type Changes = Partial<
  Pick<RefundCaseRow, "last_error" | "provider_refund_id" | "proof" | "method" | "attempts" | "withdrawn_at" | "refusals" | "short_since">
>;

/** Returns false, having changed nothing, if the table of moves does not allow it. */
export async function moveCase(tx: Kysely<DB>, refundCase: { id: string }, to: RefundState, changes: Changes = {}): Promise<boolean> {
  const moved = await tx
    .updateTable("refund_case")
    .set({ state: to, ...changes, updated_at: sql`now()` })
    .where("id", "=", refundCase.id)
    .where("state", "in", refundStatesBefore(to))
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}
