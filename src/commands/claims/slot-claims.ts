import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { claimStatesBefore } from "#domain/claim-states.ts";
import type { Tx } from "#platform/db.ts";

type Holder = { id: string };

/** Whether the checkout's claim still keeps its slot, by the database's clock. */
export async function isSlotClaimAlive(tx: Tx, checkout: Holder): Promise<boolean> {
  const alive = await tx
    .selectFrom("slot_claim")
    .select("id")
    .where("checkout_id", "=", checkout.id)
    .where("state", "in", ["held", "paying"])
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return alive !== undefined;
}

/** Keeps the slot for at least so many minutes more, because an approval waits for its settling. */
export async function keepSlotClaim(tx: Tx, checkout: Holder, minutes: number): Promise<void> {
  await tx
    .updateTable("slot_claim")
    .set({ expires_at: sql`greatest(expires_at, now() + make_interval(mins => ${minutes}))` })
    .where("checkout_id", "=", checkout.id)
    .where("state", "=", "paying")
    .execute();
}

export async function letSlotGo(tx: Tx, checkout: Holder, how: "released" | "expired"): Promise<void> {
  await tx
    .updateTable("slot_claim")
    .set({ state: how })
    .where("checkout_id", "=", checkout.id)
    .where("state", "in", claimStatesBefore(how))
    .execute();
}

type Span = { tenantId: string; professionalId: string; during: string };

/**
 * Nobody has any of the span that a claim would take, buffers included, through the constraint's
 * own index. Refuses: slot_taken.
 */
export async function requireFree(tx: Tx, { tenantId, professionalId, during }: Span): Promise<void> {
  const { rows } = await sql`
    select from live_claims(${tenantId}, ${professionalId}, lower(${during}::tstzrange), upper(${during}::tstzrange), '')
    limit 1`.execute(tx);
  if (rows.length > 0) throw new Refusal("slot_taken");
}

/**
 * Picking another slot replaces a hold, also where nothing is held: it would stand in its own
 * customer's way.
 */
export async function letOwnHoldsGo(tx: Tx, session: string): Promise<void> {
  await tx.updateTable("slot_claim").set({ state: "released" }).where("session", "=", session).where("state", "=", "held").execute();
}
