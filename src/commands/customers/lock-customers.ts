import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";

/**
 * Two who change the same customers wait for each other, in one order. Doubles come along, because
 * a merge would take them to another customer.
 */
export async function lockCustomers(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select id from customer where tenant_id = current_tenant() and (id = any (${ids}::uuid[]) or merged_into = any (${ids}::uuid[]))
    order by id for no key update`.execute(tx);
}
