import { sql } from "kysely";
import type { Actor, Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { StockReason } from "#domain/shop/stock.ts";
import type { Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

type StockChange = {
  tenantId: string;
  variantId: string;
  reason: StockReason;
  note?: string | null;
  actor: Actor;
  origin?: Origin | undefined;
  /** Of a return. */
  checkoutId?: string;
} & (
  | { /** More, or fewer if negative. Nothing for a variant that is not counted. */ quantity: number }
  /** What was found there. With null it is counted no more, so it cannot run out. */
  | { countedTo: number | null }
);

/**
 * Changes how many pieces are there, with its reason. Locks the variant until the commit: whoever
 * changes several does so in the order of their ids. Returns the pieces now. Refuses:
 * variant_unknown, stock_reserved (living claims are within what is left).
 */
export async function changeStock(tx: Tx, change: StockChange): Promise<{ onHand: number | null }> {
  const { tenantId, variantId } = change;
  const variant = await tx
    .selectFrom("variant")
    .select(["product_id as productId", "on_hand as onHand"])
    .where("id", "=", variantId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!variant) throw new Refusal("variant_unknown");
  const { onHand: before } = variant;
  const after = "countedTo" in change ? change.countedTo : before === null ? null : before + change.quantity;
  if (after === before) return { onHand: before };
  if (after !== null) await requireRoom(tx, { tenantId, variantId, after });
  await tx.updateTable("variant").set({ on_hand: after }).where("id", "=", variantId).execute();
  const quantity = after === null ? 0 : after - (before ?? (await countedBefore(tx, variantId)));
  if (after !== null && quantity !== 0) await insertChange(tx, { ...change, quantity, onHand: after });
  await logEvent(tx, {
    tenantId,
    subject: { kind: "tenant", id: tenantId },
    kind: "stock.changed",
    details: { productId: variant.productId, variantId, quantity, onHand: after, reason: change.reason },
    changes: { on_hand: [before, after] },
    actor: change.actor,
    origin: change.origin,
  });
  await sql`select pg_notify('konfirmado_catalog', ${tenantId})`.execute(tx);
  return { onHand: after };
}

/** Whoever is paying at this moment gets their pieces: the database's own check is never met. */
async function requireRoom(tx: Tx, { tenantId, variantId, after }: { tenantId: string; variantId: string; after: number }): Promise<void> {
  const { rows } = await sql<{ kept: number }>`select living_stock(${tenantId}, ${variantId}) as kept`.execute(tx);
  if (after < (rows[0]?.kept ?? 0)) throw new Refusal("stock_reserved");
}

/** Of a variant that is counted again, its history goes on where it had ended. */
async function countedBefore(tx: Tx, variantId: string): Promise<number> {
  const { sum } = await tx
    .selectFrom("stock_change")
    .select(sql<number>`coalesce(sum(quantity), 0)::int`.as("sum"))
    .where("variant_id", "=", variantId)
    .executeTakeFirstOrThrow();
  return sum;
}

async function insertChange(tx: Tx, change: StockChange & { quantity: number; onHand: number }): Promise<void> {
  const { tenantId, variantId, quantity, onHand, reason, note, checkoutId, actor } = change;
  await tx
    .insertInto("stock_change")
    .values({
      tenant_id: tenantId,
      variant_id: variantId,
      quantity,
      on_hand: onHand,
      reason,
      note: note ?? null,
      checkout_id: checkoutId ?? null,
      actor,
      // Behind the lock, so that the history stands in the order of the changes.
      created_at: sql`clock_timestamp()`,
    })
    .execute();
}
