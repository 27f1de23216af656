import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { piecesMax } from "#contracts/shop-desk/limits.ts";
import type { StockChangeRequest } from "#contracts/shop-desk/stock.ts";
import { tellListeners } from "#platform/changes.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { changeStock } from "../claims/change-stock.ts";

type Change = { caller: Caller; input: { tenantId: string; variantId: string; request: StockChangeRequest } };

/**
 * Pieces came, went or were counted. Refuses: variant_unknown (also if archived), stock_changed (it
 * is not what was seen), stock_reserved (customers who are paying have more), invalid_request.
 */
export async function changeStockByHand({ caller, input: { tenantId, variantId, request } }: Change): Promise<void> {
  const { reason, note = null } = request;
  const origin = "origin" in caller ? caller.origin : undefined;
  await inTenant(tenantId, async (tx) => {
    const countedTo = wantedOf(request, await lockVariant(tx, { tenantId, variantId }));
    await changeStock(tx, { tenantId, variantId, countedTo, reason, note, actor: actorOf(caller), origin });
  });
  tellListeners("konfirmado_catalog", tenantId);
}

type Of = { tenantId: string; variantId: string };

/** As a payment locks it, so that neither loses what the other writes. */
async function lockVariant(tx: Tx, { tenantId, variantId }: Of): Promise<number | null> {
  const row = await tx
    .selectFrom("variant")
    .select("on_hand as onHand")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", variantId)
    .where("deleted_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal("variant_unknown");
  return row.onHand;
}

function wantedOf(request: StockChangeRequest, onHand: number | null): number {
  const refuse = (path: string, message: string) => new Refusal("invalid_request", undefined, [{ path, message }]);
  if ("countedTo" in request) {
    if (request.seenOnHand !== undefined && request.seenOnHand !== onHand) throw new Refusal("stock_changed");
    return request.countedTo;
  }
  if (onHand === null) throw refuse("change", "it cannot run out: say how many there are first");
  const wanted = onHand + request.change;
  if (wanted < 0) throw refuse("change", `there are only ${onHand}`);
  if (wanted > piecesMax) throw refuse("change", `at most ${piecesMax}`);
  return wanted;
}
