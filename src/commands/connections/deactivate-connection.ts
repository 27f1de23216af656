import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Deactivate = { caller: Caller; input: { tenantId: string; connectionId: string } };

/**
 * Nothing new is begun with it. What was begun is still received, asked for and refunded. Refuses:
 * tenant_unknown, connection_unknown.
 */
export async function deactivateConnection({ caller, input }: Deactivate): Promise<{ id: string }> {
  const { tenantId, connectionId } = input;
  return changeCatalog({ caller, tenantId, kind: "connection.deactivated", ids: { connectionId } }, async (tx) => {
    const changed = await tx
      .updateTable("connection")
      .set({ is_active: false, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .where("is_active", "=", true)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw new Refusal("connection_unknown");
    return { id: connectionId };
  });
}
