import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { isUndoable } from "#queries/customers/customer-page.ts";
import { readPair } from "#queries/customers/merge-preview.ts";
import { lockCustomers } from "./lock-customers.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";

type Merging = { caller: DeskCaller; input: { keptId: string; goneId: string } };

/**
 * The double's purchases, notes and contacts stay with its row, which from now on counts as the
 * kept one's: a payment that settles at this moment loses nothing. Refuses: customer_unknown,
 * customer_merged.
 */
export async function mergeCustomers({ caller, input: { keptId, goneId } }: Merging): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    await lockCustomers(tx, [keptId, goneId]);
    const { gone } = await readPair(tx, keptId, goneId);
    // What had been merged into the double comes along. Only the whole step can be taken back.
    const before = gone.doubles.map(({ id }) => id);
    if (before.length > 0)
      await tx
        .updateTable("customer")
        .set({ merged_into: keptId, merged_through: goneId, merged_at: null, updated_at: sql`now()` })
        .where("id", "in", before)
        .execute();
    await tx
      .updateTable("customer")
      .set({ merged_into: keptId, merged_at: sql<Date>`now()`, updated_at: sql`now()` })
      .where("id", "=", goneId)
      .execute();
    await logCustomerChange(tx, { caller, kind: "customer.merged", details: { customerId: keptId, goneId } });
  });
}

/** Refuses: customer_unknown, customer_not_merged, merge_settled. */
export async function undoMerge({ caller, input: { keptId, goneId } }: Merging): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    await lockCustomers(tx, [keptId, goneId]);
    if (!(await mayUndo(tx, keptId, goneId))) throw new Refusal("merge_settled");
    await tx.updateTable("customer").set({ merged_into: null, merged_at: null, updated_at: sql`now()` }).where("id", "=", goneId).execute();
    await tx
      .updateTable("customer")
      .set({ merged_into: goneId, merged_through: null, updated_at: sql`now()` })
      .where("merged_into", "=", keptId)
      .where("merged_through", "=", goneId)
      .execute();
    await logCustomerChange(tx, { caller, kind: "customer.merge_undone", details: { customerId: keptId, goneId } });
  });
}

async function mayUndo(tx: Tx, keptId: string, goneId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string; merged_into: string | null; may_undo: boolean | null }>`
    select c.id, c.merged_into, ${isUndoable} as may_undo
    from customer c join tenant t on t.tenant_id = c.tenant_id
    where c.tenant_id = current_tenant() and c.id in (${keptId}, ${goneId})`.execute(tx);
  const gone = rows.find(({ id }) => id === goneId);
  if (!gone || !rows.some(({ id }) => id === keptId)) throw new Refusal("customer_unknown");
  if (gone.merged_into !== keptId) throw new Refusal("customer_not_merged");
  return gone.may_undo === true;
}
