import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { checkoutsOf, eraseRefusalOf } from "#queries/customers/erase-refusal.ts";
import { readGroup } from "#queries/customers/group.ts";
import { endAskedRests } from "./end-asked-rests.ts";
import { lockCustomers } from "./lock-customers.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";
import { personalData } from "./personal-data.ts";

type Erasing = { caller: DeskCaller; input: { customerId: string; name: string } };

/**
 * Takes a person out of every row, in one transaction and for good. What was paid stays, without
 * them. Refuses: customer_unknown, customer_name_differs, customer_has_bookings,
 * customer_has_orders, customer_has_refunds, customer_is_paying.
 */
export async function eraseCustomer({ caller, input: { customerId, name } }: Erasing): Promise<{ bookings: number }> {
  return inTenant(caller.tenantId, async (tx) => {
    // Settling locks a purchase before it looks for its customer, so purchases are locked first.
    const before = (await readGroup(tx, customerId)).ids;
    await lockCheckouts(tx, before);
    // Whoever asked for a rest while this one waited for their lock has added a row.
    const locked = await lockCheckouts(tx, before);
    const checkouts = locked.map(({ id }) => id);
    const bookings = locked.filter(({ kind }) => kind !== "rest").length;
    await lockCustomers(tx, [customerId]);
    const { head, ids } = await readGroup(tx, customerId);
    if (plain(name) !== plain(head.name)) throw new Refusal("customer_name_differs");
    const refusal = await eraseRefusalOf(tx, ids);
    if (refusal) throw new Refusal(refusal);
    await endAskedRests(tx, { caller, checkouts });
    for (const { erase } of personalData) await erase({ checkouts, customers: ids }).execute(tx);
    await logCustomerChange(tx, { caller, kind: "customer.erased", details: { customerId: head.id, bookings } });
    return { bookings };
  });
}

const plain = (text: string) => text.normalize("NFC").trim().toLocaleLowerCase();

async function lockCheckouts(tx: Tx, ids: readonly string[]): Promise<{ id: string; kind: string }[]> {
  const { rows } = await sql<{ id: string; kind: string }>`
    select k.id, k.kind from checkout k where k.tenant_id = current_tenant() and k.id in (select id from (${checkoutsOf(ids)}) theirs)
    order by k.id for update`.execute(tx);
  return rows;
}
