import { sql } from "kysely";
import type { Customer } from "#contracts/customers/customers.ts";
import type { Tx } from "#platform/db.ts";

/** Why a person's data must stay for now: there is still something to keep or to send to them. */
export async function eraseRefusalOf(tx: Tx, customerIds: readonly string[]): Promise<Customer["eraseRefusal"]> {
  const { rows } = await sql<{ has_bookings: boolean; has_orders: boolean; has_refunds: boolean; is_paying: boolean }>`
    with theirs as materialized (${checkoutsOf(customerIds)})
    select
      exists (select from theirs k join booking b on b.tenant_id = current_tenant() and b.id = k.id
        where k.status in ('paid', 'confirmed') and b.ends_at > now()) as has_bookings,
      exists (select from theirs k join shop_order o on o.tenant_id = current_tenant() and o.id = k.id
        join order_session s on s.tenant_id = o.tenant_id and s.id = o.id
        where k.status in ('paid', 'confirmed') and s.shipping is not null and o.sent_at is null and o.delivered_at is null) as has_orders,
      exists (select from theirs k join refund_case r on r.tenant_id = current_tenant() and r.checkout_id = k.id
        where r.state <> 'done' and r.withdrawn_at is null) as has_refunds,
      exists (select from theirs k where k.paid_charge_id is null and (k.status = 'pending' and k.kind <> 'rest' or exists (
        select from payment p where p.tenant_id = current_tenant() and p.checkout_id = k.id and p.payable_until > now()))) as is_paying
    `.execute(tx);
  const [found] = rows;
  if (found?.has_bookings) return "customer_has_bookings";
  if (found?.has_orders) return "customer_has_orders";
  if (found?.has_refunds) return "customer_has_refunds";
  return found?.is_paying ? "customer_is_paying" : null;
}

/**
 * Their purchases with what is left to pay of these, and unpaid attempts under one of their
 * addresses or numbers. As with payments, an address of somebody else counts before a number.
 */
export function checkoutsOf(customerIds: readonly string[]) {
  const columns = sql`k.id, k.kind, k.status, k.paid_charge_id`;
  const ids = sql`${customerIds}::uuid[]`;
  return sql`
    select ${columns} from checkout k
    where k.tenant_id = current_tenant() and k.customer_id = any (${ids})
    union
    select ${columns} from checkout b
    join booking_rest r on r.tenant_id = b.tenant_id and r.booking_id = b.id
    join checkout k on k.tenant_id = r.tenant_id and k.id = r.id
    where b.tenant_id = current_tenant() and b.customer_id = any (${ids})
    union
    select ${columns} from checkout k
    join customer_contact x on x.tenant_id = k.tenant_id and x.customer_id = any (${ids})
      and (x.kind = 'email' and x.value = lower(k.customer_email) or x.kind = 'phone' and x.value = phone_digits(k.customer_phone))
    where k.tenant_id = current_tenant() and k.paid_charge_id is null and k.customer_id is null and k.kind <> 'rest'
      and not exists (select from customer_contact o where o.tenant_id = k.tenant_id and o.kind = 'email'
        and o.value = lower(k.customer_email) and o.customer_id <> all (${ids}))`;
}
