import { type RawBuilder, sql } from "kysely";

/**
 * Pieces of the variant `v` that nobody else is paying for. Returns null for what cannot run out.
 * One's own claims, of the checkout `own`, do not count. A read: the claim itself decides.
 */
export function freeStock(own: RawBuilder<unknown> = sql`null::uuid`): RawBuilder<number | null> {
  return sql<number | null>`(v.on_hand - coalesce((
    select sum(c.quantity) from stock_claim c
    where c.tenant_id = v.tenant_id and c.variant_id = v.id and c.state = 'paying'
      and c.checkout_id is distinct from ${own}
      and (c.expires_at > now() or approval_waits(c.tenant_id, c.checkout_id))
  ), 0))::int`;
}
