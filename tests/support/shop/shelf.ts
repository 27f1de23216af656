import { randomUUID } from "node:crypto";
import type { Place } from "../world.ts";

type Shelf = Pick<Place, "owner">;
export type Shop = { tenantId: string };

/** A tenant's shop, open and empty. */
export async function openShop(world: Shelf, { tenantId }: Shop): Promise<void> {
  await world.owner.query(
    `insert into shop (tenant_id, is_open, seller_name, seller_tax_id, seller_address, returns_text)
     values ($1, true, 'Café del Monte SAS', '901234567-8', 'Calle 10 # 4-32, Medellín', 'Tienes 5 días hábiles.')`,
    [tenantId],
  );
}

type Goods = { onHand?: number | null; priceMinor?: number; lowStockAt?: number | null; title?: string; id?: string };

/** A variant of a product of its own. `onHand` null: it cannot run out. */
export async function stockVariant(world: Shelf, { tenantId }: Shop, goods: Goods = {}): Promise<string> {
  const { onHand = null, priceMinor = 5_000_000, lowStockAt = null, title = "Café 500 g", id = randomUUID() } = goods;
  await world.owner.query(
    `with made as (insert into product (tenant_id, title) values ($1, $2) returning id)
     insert into variant (tenant_id, id, product_id, price_minor, currency, on_hand, low_stock_at)
     select $1, $3, id, $4, 'COP', $5, $6 from made`,
    [tenantId, title, id, priceMinor, onHand, lowStockAt],
  );
  if (onHand !== null && onHand > 0)
    await world.owner.query(
      `insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, actor) values ($1, $2, $3, $3, 'initial', 'system')`,
      [tenantId, id, onHand],
    );
  return id;
}

type Code = { usesMax?: number; usesPerCustomerMax?: number; code?: string };

export async function makeCode(
  world: Shelf,
  { tenantId }: Shop,
  { usesMax, usesPerCustomerMax, code = "DIEZ" }: Code = {},
): Promise<string> {
  const { rows } = await world.owner.query<{ id: string }>(
    `insert into discount (tenant_id, code, percent, currency, uses_max, uses_per_customer_max) values ($1, $2, 10, 'COP', $3, $4) returning id`,
    [tenantId, code, usesMax ?? null, usesPerCustomerMax ?? null],
  );
  return rows[0]?.id ?? "";
}

/** What is there, what is taken, and what was sold of a variant. */
export async function shelfOf(world: Shelf, variantId: string) {
  const { rows } = await world.owner.query<{ onHand: number | null; changes: number; claims: Record<string, number> | null }>(
    `select on_hand as "onHand",
       (select coalesce(sum(quantity), 0)::int from stock_change c where c.variant_id = v.id) as changes,
       (select json_object_agg(state, pieces) from (
         select state, sum(quantity)::int as pieces from stock_claim c where c.variant_id = v.id group by state order by state) c) as claims
     from variant v where id = $1`,
    [variantId],
  );
  const [row] = rows;
  if (!row) throw new Error("there is no such variant");
  return { ...row, claims: row.claims ?? {} };
}
