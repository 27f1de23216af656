import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { freeProvider } from "#providers/payments/registry.ts";
import { changeCatalog } from "../change-catalog.ts";

type Activate = { caller: Caller; input: { tenantId: string; connectionId: string } };

/** Offers it again, with the secrets that it has. Refuses: tenant_unknown, connection_unknown. */
export async function activateConnection({ caller, input }: Activate): Promise<{ id: string }> {
  const { tenantId, connectionId } = input;
  return changeCatalog({ caller, tenantId, kind: "connection.activated", ids: { connectionId } }, async (tx) => {
    const changed = await tx
      .updateTable("connection")
      .set({ is_active: true, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .where("is_active", "=", false)
      .where("provider", "<>", freeProvider)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw new Refusal("connection_unknown");
    return { id: connectionId };
  });
}
