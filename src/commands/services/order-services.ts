import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Order = { caller: Caller; input: { tenantId: string; serviceIds: readonly string[] } };

/**
 * Puts the named services first, in this order; the others keep theirs behind them. It is nobody's
 * edit, so versions stay. Refuses: tenant_unknown, service_unknown.
 */
export async function orderServices({ caller, input: { tenantId, serviceIds } }: Order): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "services.ordered" }, async (tx, note) => {
    const living = await tx
      .selectFrom("service")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .where("deleted_at", "is", null)
      .orderBy("position")
      .orderBy("name")
      .orderBy("id")
      .forNoKeyUpdate()
      .execute();
    const before = living.map(({ id }) => id);
    if (!serviceIds.every((id) => before.includes(id))) throw new Refusal("service_unknown");
    const after = [...serviceIds, ...before.filter((id) => !serviceIds.includes(id))];
    await sql`
      update service s set position = wanted.position - 1, updated_at = now()
      from unnest(${after}::uuid[]) with ordinality as wanted (id, position)
      where s.tenant_id = ${tenantId} and s.id = wanted.id`.execute(tx);
    if (before.join() !== after.join()) note({ order: [before, after] });
  });
}
