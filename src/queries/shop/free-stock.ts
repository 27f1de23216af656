import { type RawBuilder, sql } from "kysely";

/**
 * Pieces of the variant `v` that nobody else is paying for. Returns null for what cannot run out.
 * One's own claims, of the checkout `own`, do not count. A read: the claim itself decides.
 */
export function freeStock(own: string | null = null): RawBuilder<number | null> {
  return sql<number | null>`(v.on_hand - living_stock(v.tenant_id, v.id, ${own}::uuid))::int`;
}
