import { sql } from "kysely";
import type { Actor } from "#contracts/caller.ts";
import type { Tx } from "#platform/db.ts";

type Endless = { tenantId: string; ids: readonly string[]; actor: Actor };

/**
 * They cannot run out from now. What was counted is taken off, so that the history still adds up
 * when somebody counts again. The caller has locked them.
 */
export async function makeEndless(tx: Tx, { tenantId, ids, actor }: Endless): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, actor)
    select tenant_id, id, -on_hand, 0, 'corrected', ${actor} from variant
    where tenant_id = ${tenantId} and id = any (${[...ids]}::uuid[]) and on_hand > 0`.execute(tx);
  await sql`
    update variant set on_hand = null, low_stock_at = null, version = version + 1, updated_at = now()
    where tenant_id = ${tenantId} and id = any (${[...ids]}::uuid[]) and (on_hand is not null or low_stock_at is not null)`.execute(tx);
}
