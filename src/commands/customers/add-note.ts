import { actorOf } from "#contracts/caller.ts";
import { customerNotesMax } from "#contracts/customers/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { readGroup } from "#queries/customers/group.ts";
import { lockCustomers } from "./lock-customers.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";

type Adding = { caller: DeskCaller; input: { customerId: string; text: string } };

/** For the merchant's people alone. Refuses: customer_unknown, limit_reached. */
export async function addCustomerNote({ caller, input: { customerId, text } }: Adding): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    await lockCustomers(tx, [customerId]);
    const { head, ids } = await readGroup(tx, customerId);
    const { count } = await tx
      .selectFrom("customer_note")
      .select((table) => table.fn.countAll<number>().as("count"))
      .where("customer_id", "in", ids)
      .executeTakeFirstOrThrow();
    if (count >= customerNotesMax) throw new Refusal("limit_reached");
    const note = { tenant_id: tenantId, id: newId(), customer_id: head.id, text, actor: actorOf(caller) };
    await tx.insertInto("customer_note").values(note).execute();
    await logCustomerChange(tx, { caller, kind: "customer.note_added", details: { customerId: head.id, noteId: note.id } });
  });
}
