import { sql } from "kysely";
import { claimStatesBefore } from "#domain/claim-states.ts";
import type { Tx } from "#platform/db.ts";

type Holder = { tenant_id: string; id: string };

/** Whether all its claims still keep their pieces, by the database's clock. */
export async function isStockClaimAlive(tx: Tx, checkout: { id: string }): Promise<boolean> {
  const { alive } = await tx
    .selectFrom("stock_claim")
    .select(sql<boolean>`coalesce(bool_and(state = 'paying' and expires_at > now()), false)`.as("alive"))
    .where("checkout_id", "=", checkout.id)
    .executeTakeFirstOrThrow();
  return alive;
}

/**
 * Late money wants its pieces back. They are claimed anew for the moment until they are sold.
 * Returns false if others have them, or all uses of the code.
 */
export function claimStockAgain(tx: Tx, checkout: Holder): Promise<boolean> {
  return keep(tx, { checkout, minutes: againMinutes, revives: true });
}
const againMinutes = 10;

/**
 * Keeps what it has for at least so many minutes more, because an approval waits for its settling.
 * What has lapsed and was taken by others meanwhile stays lost.
 */
export async function keepStockClaim(tx: Tx, { id }: { id: string }, minutes: number): Promise<void> {
  const checkout = await tx.selectFrom("checkout").select(["tenant_id", "id"]).where("id", "=", id).executeTakeFirstOrThrow();
  await keep(tx, { checkout, minutes, revives: false });
}

type Keeping = { checkout: Holder; minutes: number; revives: boolean };

async function keep(tx: Tx, { checkout, minutes, revives }: Keeping): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select keep_stock(${checkout.tenant_id}, ${checkout.id}, ${minutes}, ${revives}) as kept`.execute(tx);
  return rows[0]?.kept === true;
}

/**
 * Frees what nobody has paid for. What is sold stays so: pieces come back only by a person's word.
 */
export async function letStockGo(tx: Tx, checkout: { id: string }, how: "released" | "expired"): Promise<void> {
  // In one order, as whoever keeps a claim takes them.
  await tx
    .selectFrom("stock_claim")
    .select("variant_id")
    .where("checkout_id", "=", checkout.id)
    .orderBy("variant_id")
    .forUpdate()
    .execute();
  await tx
    .updateTable("stock_claim")
    .set({ state: how, expires_at: null })
    .where("checkout_id", "=", checkout.id)
    .where("state", "in", claimStatesBefore(how))
    .where("expires_at", "is not", null)
    .execute();
  await tx
    .updateTable("discount_claim")
    .set({ state: how, expires_at: null })
    .where("checkout_id", "=", checkout.id)
    .where("state", "in", claimStatesBefore(how))
    .where("expires_at", "is not", null)
    .execute();
}
