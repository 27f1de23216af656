import { sql } from "kysely";
import type { PersonalExport } from "#contracts/customers/personal-export.ts";
import type { Address } from "#contracts/shop/order-session.ts";
import type { Tx } from "#platform/db.ts";
import { eventsOf, moneyOf } from "../customers/checkout-export.ts";
import { checkoutsOf } from "../customers/erase-refusal.ts";

type Export = PersonalExport["orders"][number];
type Row = Omit<Export, "createdAt" | "acceptedTermsAt" | "payments" | "refunds" | "events" | "address"> & {
  createdAt: Date;
  acceptedTermsAt: Date | null;
  address: Address | null;
};

/** What somebody bought or wanted to buy in the shop, as the list of personal data has it. */
export async function readPersonalOrders(tx: Tx, customerIds: readonly string[]): Promise<Export[]> {
  const { rows } = await sql<Row>`
    select k.id, k.created_at as "createdAt", o.number, k.status, k.customer_name as name, k.customer_email as email,
      k.customer_phone as phone, k.locale, s.user_id as "userId", s.address, s.note, s.campaign,
      k.accepted_terms_at as "acceptedTermsAt", s.total_minor as "totalMinor", k.currency,
      (select coalesce(json_agg(json_build_object('title', l.product_title, 'variantTitle', l.variant_title,
          'quantity', l.quantity, 'totalMinor', l.total_minor) order by l.place), '[]')
        from order_line l where l.tenant_id = s.tenant_id and l.order_id = s.id) as lines,
      (select coalesce(json_agg(json_build_object('at', to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'text', n.text) order by n.created_at), '[]')
        from order_note n where n.tenant_id = s.tenant_id and n.order_id = s.id) as notes
    from (${checkoutsOf(customerIds)}) theirs
      join checkout k on k.tenant_id = current_tenant() and k.id = theirs.id
      join order_session s on s.tenant_id = k.tenant_id and s.id = k.id
      left join shop_order o on o.tenant_id = s.tenant_id and o.id = s.id
    order by k.created_at`.execute(tx);
  const orders: Export[] = [];
  for (const row of rows)
    orders.push({
      ...row,
      createdAt: row.createdAt.toISOString(),
      acceptedTermsAt: row.acceptedTermsAt?.toISOString() ?? null,
      ...(await moneyOf(tx, row.id)),
      events: await eventsOf(tx, row.id),
    });
  return orders;
}
