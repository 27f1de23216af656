import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Order = { caller: Caller; input: { tenantId: string; ids: readonly string[] } };

/**
 * Offers these accounts first, in this order; the others keep theirs behind them. It is nobody's
 * edit of an account, so versions stay. Refuses: tenant_unknown, connection_unknown.
 */
export async function orderConnections({ caller, input: { tenantId, ids } }: Order): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "connections.ordered" }, async (tx, note) => {
    const rows = await tx
      .selectFrom("connection")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .where("kind", "=", "payment")
      // The one with the tenant's own id is for free checkouts, and nobody's account.
      .where("id", "<>", tenantId)
      .orderBy("position")
      .orderBy("created_at")
      .orderBy("id")
      .forNoKeyUpdate()
      .execute();
    const before = rows.map(({ id }) => id);
    const wanted = [...new Set(ids)];
    if (wanted.some((id) => !before.includes(id))) throw new Refusal("connection_unknown");
    const after = [...wanted, ...before.filter((id) => !wanted.includes(id))];
    if (before.join() === after.join()) return;
    await sql`
      update connection set position = wished.place - 1
      from unnest(${after}::uuid[]) with ordinality as wished (id, place)
      where connection.tenant_id = ${tenantId} and connection.id = wished.id`.execute(tx);
    note({ order: [before, after] });
  });
}
