import { actorOf, type Caller } from "#contracts/caller.ts";
import type { Tx } from "#platform/db.ts";
import { changeStock } from "../claims/change-stock.ts";

type Endless = { caller: Caller; tenantId: string; ids: readonly string[] };

/** They cannot run out from now. The caller has locked them in the order of their ids. */
export async function makeEndless(tx: Tx, { caller, tenantId, ids }: Endless): Promise<void> {
  if (ids.length === 0) return;
  const origin = "origin" in caller ? caller.origin : undefined;
  const why = { reason: "corrected", actor: actorOf(caller), origin } as const;
  for (const variantId of ids) await changeStock(tx, { tenantId, variantId, countedTo: null, ...why });
  await tx
    .updateTable("variant")
    .set({ low_stock_at: null })
    .where("tenant_id", "=", tenantId)
    .where("id", "in", [...ids])
    .execute();
}
