import { sql } from "kysely";
import type { Actor } from "#contracts/caller.ts";
import type { Tx } from "#platform/db.ts";

type Adding = { tenantId: string; checkoutId: string; actor: Actor; pieces: readonly { variantId: string; quantity: number }[] };

/** Under the variants' locks, in the order of their ids. What cannot run out has no count. */
export async function addToStock(tx: Tx, { tenantId, checkoutId, actor, pieces }: Adding): Promise<void> {
  const sums = new Map<string, number>();
  for (const { variantId, quantity } of pieces) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  for (const [variantId, quantity] of [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await sql`
      with counted as (
        update variant set on_hand = on_hand + ${quantity}::int, version = version + 1, updated_at = now()
        where tenant_id = current_tenant() and id = ${variantId} and on_hand is not null returning tenant_id, id, on_hand
      )
      insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, checkout_id, actor)
      select ${tenantId}, id, ${quantity}::int, on_hand, 'returned', ${checkoutId}, ${actor} from counted`.execute(tx);
}
