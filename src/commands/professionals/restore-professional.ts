import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireRoom } from "./create-professional.ts";

type Restore = { caller: Caller; input: { tenantId: string; professionalId: string } };

/**
 * Takes an archiving back. Refuses: tenant_unknown, professional_unknown (also if not archived),
 * limit_reached.
 */
export async function restoreProfessional({ caller, input: { tenantId, professionalId } }: Restore): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "professional.restored", ids: { professionalId } }, async (tx, note) => {
    await requireRoom(tx, tenantId);
    const own = sql`tenant_id = ${tenantId} and id = ${professionalId} and deleted_at is not null`;
    const { rows } = await sql<{ deleted_at: Date }>`select deleted_at from professional where ${own} for no key update`.execute(tx);
    const [archived] = rows;
    if (!archived) throw new Refusal("professional_unknown");
    await tx
      .updateTable("professional")
      .set((row) => ({ deleted_at: null, version: row("version", "+", 1), updated_at: sql`now()` }))
      .where("tenant_id", "=", tenantId)
      .where("id", "=", professionalId)
      .execute();
    note({ deleted_at: [archived.deleted_at, null] });
    return { id: professionalId };
  });
}
