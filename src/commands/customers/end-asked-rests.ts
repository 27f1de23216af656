import { sql } from "kysely";
import { actorOf } from "#contracts/caller.ts";
import { checkoutStatuses, mayCheckoutMove } from "#domain/checkout-states.ts";
import type { Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";
import type { DeskCaller } from "./log-change.ts";

/**
 * Nobody is asked any more for what a deposit has left. A rest may wait until weeks after the
 * appointment, and no person waits that long to be erased. At the desk it can still be taken.
 */
export async function endAskedRests(tx: Tx, { caller, checkouts }: { caller: DeskCaller; checkouts: readonly string[] }): Promise<void> {
  if (checkouts.length === 0) return;
  const ended = await tx
    .updateTable("checkout")
    .set({ status: "expired", updated_at: sql`now()` })
    .where("kind", "=", "rest")
    .where("id", "in", [...checkouts])
    .where("status", "in", mayExpire)
    .returning("id")
    .execute();
  for (const { id } of ended)
    await logEvent(tx, {
      tenantId: caller.tenantId,
      subject: { kind: "checkout", id },
      kind: "rest.expired",
      actor: actorOf(caller),
      origin: caller.origin,
    });
}

const mayExpire = checkoutStatuses.filter((status) => mayCheckoutMove(status, "expired"));
