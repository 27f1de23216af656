import { sql, type UpdateObject } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { DB } from "#db/types.ts";
import type { Tx } from "#platform/db.ts";

const refusals = { service: "service_unknown", professional: "professional_unknown", booking_link: "link_unknown" } as const;
type Table = keyof typeof refusals;
type Change = { [Name in Table]: { table: Name; tenantId: string; id: string; set: UpdateObject<DB, Name> } }[Table];

/** Changes a row unless it is archived. Refuses: service_, professional_ or link_unknown. */
export async function changeRow(tx: Tx, { table, tenantId, id, set }: Change): Promise<void> {
  const changed = await tx
    .updateTable(table)
    .set({ ...set, updated_at: sql`now()` })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new Refusal(refusals[table]);
}
