import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";

/** No law gives a right of withdrawal from what has begun. Refuses: withdrawal_service_begun. */
export async function requireNotBegun(tenantId: string, bookingId: string): Promise<void> {
  const begun = await inTenant(tenantId, (tx) =>
    tx.selectFrom("booking").select("id").where("id", "=", bookingId).where("starts_at", "<=", sql<Date>`now()`).executeTakeFirst(),
  );
  if (begun) throw new Refusal("withdrawal_service_begun");
}
