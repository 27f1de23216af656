import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";

type Deactivate = { caller: Caller; input: { tenantId: string; connectionId: string } };

/**
 * Nothing new is begun with it. What was begun is still received, asked for and refunded. Refuses:
 * tenant_unknown, connection_unknown (also of one that is not active).
 */
export async function deactivateConnection({ caller, input }: Deactivate): Promise<{ id: string }> {
  const { tenantId, connectionId } = input;
  return changeCatalog({ caller, tenantId, kind: "connection.deactivated", ids: { connectionId } }, async (tx, note) => {
    const found = await tx
      .selectFrom("connection")
      .select("version")
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .where("is_active", "=", true)
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw new Refusal("connection_unknown");
    await tx
      .updateTable("connection")
      .set({ is_active: false, version: found.version + 1, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .execute();
    note(changesBetween({ is_active: true }, { is_active: false }));
    return { id: connectionId };
  });
}
