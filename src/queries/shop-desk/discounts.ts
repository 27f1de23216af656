import { type RawBuilder, sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { Discount } from "#contracts/shop-desk/discounts.ts";
import { type DiscountState, discountsMax } from "#contracts/shop-desk/limits.ts";
import { inTenant } from "#platform/db.ts";

type Row = {
  id: string;
  code: string;
  percent: string | null;
  amount_minor: number | null;
  currency: string;
  starts_at: Date | null;
  ends_at: Date | null;
  uses_max: number | null;
  uses_per_customer_max: number | null;
  minimum_minor: number | null;
  product_ids: string[] | null;
  is_active: boolean;
  used: number;
  reserved: number;
  deleted_at: Date | null;
  version: number;
  created_at: Date;
  state: DiscountState;
};

/** Living ones, newest first, then archived ones. */
export async function loadDiscounts(tenantId: string): Promise<Discount[]> {
  return read(tenantId, sql`true order by d.deleted_at is not null, d.created_at desc, d.id limit ${2 * discountsMax}`);
}

/** An archived one too. Refuses: discount_unknown. */
export async function loadDiscount({ tenantId, discountId }: { tenantId: string; discountId: string }): Promise<Discount> {
  const [found] = await read(tenantId, sql`d.id = ${discountId}`);
  if (!found) throw new Refusal("discount_unknown");
  return found;
}

async function read(tenantId: string, wanted: RawBuilder<unknown>): Promise<Discount[]> {
  const { rows } = await inTenant(tenantId, (tx) =>
    sql<Row>`
      select d.id, d.code, d.percent, d.amount_minor, d.currency, d.starts_at, d.ends_at, d.uses_max, d.uses_per_customer_max,
        d.minimum_minor, d.product_ids, d.is_active, d.used, d.deleted_at, d.version, d.created_at,
        (select count(*)::int from discount_claim c where c.tenant_id = d.tenant_id and c.discount_id = d.id and c.state = 'paying'
          and (c.expires_at > now() or approval_waits(c.tenant_id, c.checkout_id))) as reserved,
        case when d.deleted_at is not null then 'archived' when not d.is_active then 'off' when d.ends_at <= now() then 'over'
          when d.used >= d.uses_max then 'used_up' when d.starts_at > now() then 'not_yet' else 'open' end as state
      from discount d where d.tenant_id = ${tenantId} and ${wanted}`.execute(tx),
  );
  return rows.map(discountOf);
}

function discountOf(row: Row): Discount {
  return {
    id: row.id,
    code: row.code,
    percent: row.percent === null ? null : Number(row.percent),
    amountMinor: row.amount_minor,
    currency: row.currency,
    startsAt: row.starts_at?.toISOString() ?? null,
    endsAt: row.ends_at?.toISOString() ?? null,
    usesMax: row.uses_max,
    usesPerCustomerMax: row.uses_per_customer_max,
    minimumMinor: row.minimum_minor,
    productIds: row.product_ids,
    isActive: row.is_active,
    used: row.used,
    reserved: row.reserved,
    state: row.state,
    archivedAt: row.deleted_at?.toISOString() ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
  };
}
