import { sql } from "kysely";
import { demo } from "#db/demo.ts";
import type { Tx } from "#platform/db.ts";
import type { Row } from "./rows.ts";

const { tenantId } = demo;
const timeOf = ({ created_at }: { created_at?: Date }) => created_at?.getTime() ?? 0;
/** The merchant has read what is older. */
const unreadMax = 12;

/** By the counter of commands/follow-ups/notify-merchant.ts, in the order of time. */
export async function numberNotices(tx: Tx, notices: Row<"notification">[]): Promise<void> {
  const { rows } = await sql<{ last: number }>`
    insert into notice_counter as c (tenant_id, last) values (${tenantId}, ${notices.length})
    on conflict (tenant_id) do update set last = c.last + excluded.last returning last`.execute(tx);
  const last = rows[0]?.last ?? 0;
  notices.sort((a, b) => timeOf(a) - timeOf(b));
  for (const [index, notice] of notices.entries()) notice.number = last - notices.length + 1 + index;
  await sql`
    insert into notice_reader (tenant_id, member_id, read_through)
    select ${tenantId}, id, ${Math.max(0, last - unreadMax)} from member where tenant_id = ${tenantId}
    on conflict do nothing`.execute(tx);
}

/** As mark_paid does: whoever paid is a customer since their first purchase. */
export async function makeCustomers(tx: Tx, checkouts: Row<"checkout">[]): Promise<void> {
  const paid = checkouts.filter(({ paid_charge_id }) => paid_charge_id != null).sort((a, b) => timeOf(a) - timeOf(b));
  const items = JSON.stringify(paid.map(({ id }) => ({ tenantId, checkoutId: id })));
  await sql`
    update checkout k set customer_id = made.value::uuid
    from jsonb_each_text(keep_customers(${items}::jsonb, ${paid.map(({ id }) => id)})) as made
    where k.tenant_id = ${tenantId} and k.id = made.key::uuid`.execute(tx);
  await sql`
    update customer c set since = k.first
    from (select customer_id, min(created_at) as first from checkout where tenant_id = ${tenantId} group by customer_id) k
    where c.tenant_id = ${tenantId} and c.id = k.customer_id and k.first < c.since`.execute(tx);
}
