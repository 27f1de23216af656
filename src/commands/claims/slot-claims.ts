import { sql } from "kysely";
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

export async function letSlotGo(tx: Tx, checkout: Holder, how: "released" | "expired"): Promise<void> {
  await tx
    .updateTable("slot_claim")
    .set({ state: how })
    .where("checkout_id", "=", checkout.id)
    .where("state", "in", claimStatesBefore(how))
    .execute();
}
