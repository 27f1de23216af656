import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { ConnectionChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { decryptSecret } from "#platform/secrets.ts";
import { secretContext } from "#queries/connections.ts";
import { changeCatalog } from "../change-catalog.ts";
import { sealCredentials } from "./seal-credentials.ts";

type Update = { caller: Caller; input: { tenantId: string; connectionId: string; changes: ConnectionChanges } };

/** Refuses: tenant_unknown, connection_unknown, credentials_invalid (also by a new mode alone). */
export async function updateConnection({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, connectionId, changes } = input;
  return changeCatalog({ caller, tenantId, kind: "connection.updated", ids: { connectionId } }, async (tx) => {
    const own = tx.selectFrom("connection").select(["kind", "provider", "mode", "credentials"]).where("tenant_id", "=", tenantId);
    const before = await own.where("id", "=", connectionId).where("is_active", "=", true).forNoKeyUpdate().executeTakeFirst();
    if (!before) throw new Refusal("connection_unknown");
    const place = { tenantId, connectionId };
    const mode = changes.mode ?? (before.mode === "production" ? "production" : "test");
    const credentials = changes.credentials ?? (JSON.parse(decryptSecret(before.credentials, secretContext(place))) as unknown);
    const sealed = sealCredentials({ ...place, kind: before.kind, provider: before.provider, mode, credentials });
    await tx
      .updateTable("connection")
      .set({ mode, credentials: sealed, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .execute();
    return { id: connectionId };
  });
}
