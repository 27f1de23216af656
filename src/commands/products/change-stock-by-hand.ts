import { sql } from "kysely";
import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { piecesMax } from "#contracts/shop-desk/limits.ts";
import type { StockChangeRequest } from "#contracts/shop-desk/stock.ts";
import type { Tx } from "#platform/db.ts";
import { changeCatalog } from "../change-catalog.ts";

type Change = { caller: Caller; input: { tenantId: string; variantId: string; request: StockChangeRequest } };

/**
 * Pieces came, went or were counted. Refuses: tenant_unknown, variant_unknown, stock_changed (it is
 * not what was seen), stock_reserved (customers who are paying have more), invalid_request.
 */
export async function changeStockByHand({ caller, input: { tenantId, variantId, request } }: Change): Promise<void> {
  const ids: Record<string, string> = { variantId, reason: request.reason };
  return changeCatalog({ caller, tenantId, kind: "stock.changed", ids }, async (tx, note) => {
    const { productId, onHand } = await lockVariant(tx, { tenantId, variantId });
    const wanted = wantedOf(request, onHand);
    if (wanted < (await countReserved(tx, { tenantId, variantId }))) throw new Refusal("stock_reserved");
    await tx
      .updateTable("variant")
      .set({ on_hand: wanted, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", variantId)
      .execute();
    const quantity = wanted - (onHand ?? 0);
    const why = { reason: request.reason, note: request.note ?? null, actor: actorOf(caller) };
    if (quantity !== 0)
      await tx
        .insertInto("stock_change")
        // The moment behind the lock: so the history stands in the order of the changes.
        .values({ tenant_id: tenantId, variant_id: variantId, quantity, on_hand: wanted, ...why, created_at: sql`clock_timestamp()` })
        .execute();
    ids["productId"] = productId;
    note({ on_hand: [onHand, wanted] });
  });
}

type Of = { tenantId: string; variantId: string };

/** As a payment locks it, so that neither loses what the other writes. */
async function lockVariant(tx: Tx, { tenantId, variantId }: Of): Promise<{ productId: string; onHand: number | null }> {
  const row = await tx
    .selectFrom("variant")
    .select(["product_id as productId", "on_hand as onHand"])
    .where("tenant_id", "=", tenantId)
    .where("id", "=", variantId)
    .where("deleted_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal("variant_unknown");
  return row;
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

/** Behind the lock, under which claims are made. */
async function countReserved(tx: Tx, { tenantId, variantId }: Of): Promise<number> {
  const { rows } = await sql<{ reserved: number }>`
    select coalesce(sum(quantity), 0)::int as reserved from stock_claim
    where tenant_id = ${tenantId} and variant_id = ${variantId} and state = 'paying'
      and (expires_at > now() or approval_waits(tenant_id, checkout_id))`.execute(tx);
  return rows[0]?.reserved ?? 0;
}
