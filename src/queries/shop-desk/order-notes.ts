import { sql } from "kysely";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import type { Tx } from "#platform/db.ts";
import { actorOf } from "../desk/booking-money.ts";

const notesMax = 100;

/** Oldest first. */
export async function readOrderNotes(tx: Tx, orderId: string): Promise<DeskOrder["notes"]> {
  const rows = await tx
    .selectFrom("order_note")
    .selectAll()
    .where("order_id", "=", orderId)
    .orderBy("created_at")
    .limit(notesMax)
    .execute();
  const names = await readActorNames(
    tx,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ id, text, created_at, actor }) => ({ id, text, at: created_at.toISOString(), actor: shownActor(actor, names) }));
}

export type ActorNames = ReadonlyMap<string, string>;

/** Of members and keys. */
export async function readActorNames(tx: Tx, actors: readonly string[]): Promise<ActorNames> {
  if (actors.length === 0) return new Map();
  const { rows } = await sql<{ actor: string; name: string }>`
    select 'member:' || id as actor, name from member where tenant_id = current_tenant() and 'member:' || id = any (${[...actors]}::text[])
    union all
    select 'api-key:' || id, name from api_key where tenant_id = current_tenant() and 'api-key:' || id = any (${[...actors]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map(({ actor, name }) => [actor, name]));
}

export const shownActor = (actor: string, names: ActorNames) => actorOf(actor, names.get(actor) ?? null);
