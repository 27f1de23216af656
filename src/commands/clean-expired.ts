import { sql } from "kysely";
import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import type { CleanedSessions } from "#contracts/shop/session-stats.ts";
import { inSystem, inSystemPerTenant, inTenant, ofTenant, type Tx } from "#platform/db.ts";
import { deleteUnpaid } from "./cleanup-unpaid.ts";
import { logEvent } from "./log-event.ts";
import { expireCheckouts } from "./sweep.ts";

/** Days without a touch after which a cart vanishes, as its cookie does. */
const cartDays = 60;
const batchMax = 1000;

type Cleaning = { caller: Caller; input: { tenantId: string | null } };

/**
 * Ends order sessions that are over, deletes those of which no money can come any more, and carts
 * that nobody has touched for long. Of one merchant, or of all (null).
 */
export async function cleanExpired({ caller, input: { tenantId } }: Cleaning): Promise<Omit<CleanedSessions, "success">> {
  const expired = await expireCheckouts({ kind: "order", tenantId });
  const deleted = await deleteUnpaid({ kind: "order", tenantId });
  const carts = tenantId === null ? await inSystemPerTenant(deleteCarts) : [await inSystem((tx) => deleteCarts(tx, tenantId))];
  const deletedCarts = carts.reduce((sum, count) => sum + count, 0);
  const done = { expired, deleted, deletedCarts };
  if (tenantId !== null) await inTenant(tenantId, (tx) => logCleaning(tx, { caller, tenantId, done }));
  return done;
}

/** Each of the largest batch at most: the next round takes what is left. */
async function deleteCarts(tx: Tx, tenantId: string | null): Promise<number> {
  const gone = await sql`
    delete from cart c using (
      select tenant_id, id from cart
      where updated_at < now() - make_interval(days => ${cartDays}) and ${ofTenant(tenantId)}
      limit ${batchMax} for update skip locked
    ) old where c.tenant_id = old.tenant_id and c.id = old.id`.execute(tx);
  return Number(gone.numAffectedRows ?? 0n);
}

type Done = { caller: Caller; tenantId: string; done: Record<string, number> };

async function logCleaning(tx: Tx, { caller, tenantId, done }: Done): Promise<void> {
  const subject = { kind: "tenant" as const, id: tenantId };
  const by = { actor: actorOf(caller), origin: originOf(caller) };
  await logEvent(tx, { tenantId, subject, kind: "order_sessions.cleaned", details: done, ...by });
}
