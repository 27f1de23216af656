import { sql } from "kysely";
import type { CustomerRestrictions } from "#contracts/customers/customers.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { readGroup, restrictionsOf } from "#queries/customers/group.ts";
import { lockCustomers } from "./lock-customers.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";

type Restricting = { caller: DeskCaller; input: { customerId: string; restrictions: CustomerRestrictions } };

const columns = {
  blocked: { at: "blocked_at", reason: "blocked_reason", set: "customer.blocked", lifted: "customer.unblocked" },
  fullPayment: {
    at: "full_payment_at",
    reason: "full_payment_reason",
    set: "customer.full_payment_set",
    lifted: "customer.full_payment_lifted",
  },
} as const;
type Restriction = keyof typeof columns;

/** Does nothing to what stands already so. The reason is in no event. Refuses: customer_unknown. */
export async function restrictCustomer({ caller, input: { customerId, restrictions } }: Restricting): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    await lockCustomers(tx, [customerId]);
    const group = await readGroup(tx, customerId);
    const now = restrictionsOf(group);
    for (const name of ["blocked", "fullPayment"] as const) {
      const wanted = restrictions[name];
      if (wanted === undefined || (wanted?.reason ?? null) === (now[name]?.reason ?? null)) continue;
      await setRestriction(tx, { name, reason: wanted?.reason ?? null, headId: group.head.id, ids: group.ids });
      const { set, lifted } = columns[name];
      await logCustomerChange(tx, { caller, kind: wanted ? set : lifted, details: { customerId: group.head.id } });
    }
  });
}

type Setting = { name: Restriction; reason: string | null; headId: string; ids: readonly string[] };

/** Of a double it is lifted too: whoever is not blocked is so under no address. */
async function setRestriction(tx: Tx, { name, reason, headId, ids }: Setting): Promise<void> {
  const { at, reason: why } = columns[name];
  const lifted = { [at]: null, [why]: null, updated_at: sql<Date>`now()` };
  await tx
    .updateTable("customer")
    .set(lifted)
    .where("id", "in", [...ids])
    .execute();
  if (reason === null) return;
  const set = { [at]: sql<Date>`now()`, [why]: reason };
  await tx.updateTable("customer").set(set).where("id", "=", headId).execute();
}
