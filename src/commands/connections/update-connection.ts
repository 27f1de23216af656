import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { ConnectionChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { decryptSecret } from "#platform/secrets.ts";
import { ownProviders } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { lockOthers } from "./lock-others.ts";
import { sealCredentials } from "./seal-credentials.ts";

type Changed = { tenantId: string; connectionId: string; version?: number | undefined; changes: ConnectionChanges };
type Update = { caller: Caller; input: Changed };

/**
 * Replaces the secrets that are given and keeps the others. A connection with payments keeps its
 * account: what one account began, no other can answer for. Refuses: tenant_unknown,
 * connection_unknown, changed_meanwhile, credentials_invalid (also by a new mode alone),
 * connection_has_payments.
 */
export async function updateConnection({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, connectionId, version, changes } = input;
  return changeCatalog({ caller, tenantId, kind: "connection.updated", ids: { connectionId } }, async (tx, note) => {
    const own = tx.selectFrom("connection").select(["kind", "provider", "mode", "label", "is_active", "account", "credentials", "version"]);
    const row = own.where("tenant_id", "=", tenantId).where("id", "=", connectionId).where("provider", "not in", ownProviders);
    // Waits for a payment that is being opened, which is then seen below.
    const before = await row.forUpdate().executeTakeFirst();
    if (!before) throw new Refusal("connection_unknown");
    if (version !== undefined && version !== before.version) throw new Refusal("changed_meanwhile");
    const place = { tenantId, connectionId };
    const mode = changes.mode ?? (before.mode === "production" ? "production" : "test");
    const credentials = { ...stored(before.credentials, place, changes.credentials), ...changes.credentials };
    const sealed = sealCredentials({ ...place, kind: before.kind, provider: before.provider, mode, credentials });
    const isSameAccount = sealed.account === before.account && mode === before.mode;
    if (!isSameAccount && (await hasPayments(tx, connectionId))) throw new Refusal("connection_has_payments");
    const { label = before.label } = changes;
    // What customers pay with is all of one mode: an account that leaves it waits.
    const isAlone = mode === before.mode || (await lockOthers(tx, { tenantId, id: connectionId, kind: before.kind })).length === 0;
    const set = {
      mode,
      label,
      is_active: before.is_active && isAlone,
      account: sealed.account,
      ...(changes.credentials && { credentials: sealed.credentials }),
    };
    await tx
      .updateTable("connection")
      .set({ ...set, version: before.version + 1, updated_at: sql`now()` })
      .$if(changes.credentials !== undefined, (query) => query.set({ credentials_changed_at: sql`now()` }))
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .execute();
    note(changesBetween(before, { ...before, ...set }));
    return { id: connectionId };
  });
}

type Place = { tenantId: string; connectionId: string };

/** Secrets that cannot be read any more count as none, if others are given. */
function stored(sealed: string, place: Place, given: ConnectionChanges["credentials"]): Record<string, unknown> {
  try {
    return JSON.parse(decryptSecret(sealed, secretContext(place))) as Record<string, unknown>;
  } catch (error) {
    if (given) return {};
    throw error;
  }
}

/** Or charges that belong to none: they may have to go back. */
async function hasPayments(tx: Tx, connectionId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select exists (select from payment where connection_id = ${connectionId})
    or exists (select from charge where connection_id = ${connectionId}) as has`.execute(tx);
  return rows[0]?.has ?? false;
}
