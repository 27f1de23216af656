import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { ConnectionChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { decryptSecret } from "#platform/secrets.ts";
import { freeProvider } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";
import { changeCatalog } from "../change-catalog.ts";
import { sealCredentials } from "./seal-credentials.ts";

type Update = { caller: Caller; input: { tenantId: string; connectionId: string; changes: ConnectionChanges } };

/**
 * A connection with payments keeps its account: what one account began, no other can answer for.
 * Refuses: tenant_unknown, connection_unknown, credentials_invalid (also by a new mode alone),
 * connection_has_payments.
 */
export async function updateConnection({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, connectionId, changes } = input;
  return changeCatalog({ caller, tenantId, kind: "connection.updated", ids: { connectionId } }, async (tx) => {
    const own = tx.selectFrom("connection").select(["kind", "provider", "mode", "account", "credentials"]);
    const row = own.where("tenant_id", "=", tenantId).where("id", "=", connectionId).where("provider", "<>", freeProvider);
    // Waits for a payment that is being opened, which is then seen below.
    const before = await row.forUpdate().executeTakeFirst();
    if (!before) throw new Refusal("connection_unknown");
    const place = { tenantId, connectionId };
    const mode = changes.mode ?? (before.mode === "production" ? "production" : "test");
    const credentials = changes.credentials ?? (JSON.parse(decryptSecret(before.credentials, secretContext(place))) as unknown);
    const sealed = sealCredentials({ ...place, kind: before.kind, provider: before.provider, mode, credentials });
    const isSameAccount = sealed.account === before.account && mode === before.mode;
    if (!isSameAccount && (await hasPayments(tx, connectionId))) throw new Refusal("connection_has_payments");
    await tx
      .updateTable("connection")
      .set({ mode, ...sealed, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .execute();
    return { id: connectionId };
  });
}

/** Or charges that belong to none: they may have to go back. */
async function hasPayments(tx: Tx, connectionId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select exists (select from payment where connection_id = ${connectionId})
    or exists (select from charge where connection_id = ${connectionId}) as has`.execute(tx);
  return rows[0]?.has ?? false;
}
