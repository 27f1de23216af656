import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Order = { caller: Caller; input: { tenantId: string; ids: readonly string[] } };

/**
 * Puts these first, in this order; others follow as they were. It is no change of a professional,
 * so a page that edits one may still save. Refuses: tenant_unknown, professional_unknown.
 */
export async function orderProfessionals({ caller, input: { tenantId, ids } }: Order): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "professionals.ordered" }, async (tx, note) => {
    const rows = await tx
      .selectFrom("professional")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .where("deleted_at", "is", null)
      .orderBy("position")
      .orderBy("name")
      .orderBy("id")
      .forNoKeyUpdate()
      .execute();
    const before = rows.map(({ id }) => id);
    const wanted = [...new Set(ids)];
    if (wanted.some((id) => !before.includes(id))) throw new Refusal("professional_unknown");
    const after = [...wanted, ...before.filter((id) => !wanted.includes(id))];
    await sql`
      update professional p set position = wished.place - 1
      from unnest(${after}::uuid[]) with ordinality as wished (id, place)
      where p.tenant_id = ${tenantId} and p.id = wished.id`.execute(tx);
    if (before.join() !== after.join()) note({ order: [before, after] });
  });
}
