import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { StockChange, StockHistory } from "#contracts/shop-desk/stock.ts";
import type { StockReason } from "#domain/shop/stock.ts";
import { inTenant } from "#platform/db.ts";
import { placeOfRow, readPlace } from "../page-place.ts";

/** Of one variant, or of all variants of a product, archived ones too. */
type Wish = { tenantId: string; of: { variantId: string } | { productId: string }; cursor?: string | undefined; limit: number };

type Row = Omit<StockChange, "at" | "actor" | "reason"> & {
  at: Date;
  reason: StockReason;
  actor: string;
  actor_name: string | null;
  place: string;
};

/** Newest first. Refuses: variant_unknown, invalid_request (a cursor that is none). */
export async function stockHistory({ tenantId, of, cursor, limit }: Wish): Promise<StockHistory> {
  const before = readPlace(cursor);
  if (cursor !== undefined && !before)
    throw new Refusal("invalid_request", "The cursor is none of ours.", [{ path: "cursor", message: "is none of ours" }]);
  const rows = await inTenant(tenantId, async (tx) => {
    const { rows: variants } = await sql<{ id: string }>`
      select id from variant where tenant_id = ${tenantId}
        and ${"variantId" in of ? sql`id = ${of.variantId}` : sql`product_id = ${of.productId}`}`.execute(tx);
    if (variants.length === 0) throw new Refusal("variant_unknown");
    const found = await sql<Row>`
      select s.id, s.created_at as at, s.variant_id as "variantId", v.title as "variantTitle", s.quantity, s.on_hand as "onHand",
        s.reason, s.note, s.checkout_id as "orderId", s.actor, coalesce(m.name, k.name) as actor_name,
        ${placeOfRow({ createdAt: sql`s.created_at`, id: sql`s.id` })} as place
      from stock_change s
      join variant v on v.tenant_id = s.tenant_id and v.id = s.variant_id
      left join member m on s.actor = 'member:' || m.id
      left join api_key k on s.actor = 'api-key:' || k.id
      where s.tenant_id = ${tenantId} and s.variant_id = any (${variants.map(({ id }) => id)}::uuid[])
        and (${before === null}::boolean or (s.created_at, s.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
      order by s.created_at desc, s.id desc limit ${limit + 1}`.execute(tx);
    return found.rows;
  });
  const page = rows.slice(0, limit);
  return { changes: page.map(changeOf), nextCursor: rows.length > limit ? (page.at(-1)?.place ?? null) : null };
}

function changeOf({ at, actor, actor_name, place: _, ...row }: Row): StockChange {
  const [kind = "", id = null] = actor.split(":");
  return { ...row, at: at.toISOString(), actor: { kind, id, name: actor_name } };
}
