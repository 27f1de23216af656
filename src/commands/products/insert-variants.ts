import { sql } from "kysely";
import type { Actor } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { VariantGiven } from "#contracts/shop-desk/products.ts";
import type { Tx } from "#platform/db.ts";

type NewVariant = VariantGiven & { id: string; productId: string; position: number };
type Insert = { tenantId: string; actor: Actor; rows: readonly NewVariant[] };

/** With the first line of its history for what there is of each. Refuses: id_taken. */
export async function insertVariants(tx: Tx, { tenantId, actor, rows }: Insert): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map(({ id, productId, title, sku, priceMinor, weightGrams, onHand, lowStockAt, position }) => ({
    ...{ id, product_id: productId, title, sku: sku ?? null, price_minor: priceMinor, position },
    ...{ weight_grams: weightGrams ?? 0, on_hand: onHand === undefined ? 0 : onHand, low_stock_at: lowStockAt ?? null },
  }));
  const { numAffectedRows } = await sql`
    insert into variant (tenant_id, id, product_id, title, sku, price_minor, currency, weight_grams, on_hand, low_stock_at, position)
    select t.tenant_id, g.id, g.product_id, g.title, g.sku, g.price_minor, t.currency, g.weight_grams, g.on_hand, g.low_stock_at, g.position
    from tenant t, jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, product_id uuid, title text, sku text,
      price_minor bigint, weight_grams int, on_hand int, low_stock_at int, position int)
    where t.tenant_id = ${tenantId}
    on conflict (tenant_id, id) do nothing`.execute(tx);
  if (Number(numAffectedRows) < rows.length) throw new Refusal("id_taken");
  await sql`
    insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, actor)
    select ${tenantId}, id, on_hand, on_hand, 'initial', ${actor}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, on_hand int) where on_hand > 0`.execute(tx);
}
