import { sql } from "kysely";
import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { EventKind } from "#domain/follow-ups.ts";
import { tellListeners } from "#platform/changes.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type Changes, logEvent } from "./log-event.ts";

/** `ids` names what was changed. It holds no secrets and no personal data. */
export type CatalogChange = { caller: Caller; tenantId: string; kind: EventKind; ids?: Record<string, string>; changes?: Changes };

/** For the audit log: what `changesBetween` found. Several calls add up. */
export type Note = (changes: Changes) => void;

/**
 * Writes a change of the catalogue, its event and the notification to every process in one
 * transaction. Existing bookings keep their price and times. Refuses: tenant_unknown.
 */
export async function changeCatalog<T>(change: CatalogChange, write: (tx: Tx, note: Note) => Promise<T>): Promise<T> {
  const written = await inTenant(change.tenantId, async (tx) => {
    const tenant = await tx.selectFrom("tenant").select("tenant_id").executeTakeFirst();
    if (!tenant) throw new Refusal("tenant_unknown");
    let changes: Changes = change.changes ?? {};
    const result = await write(tx, (more) => {
      changes = { ...changes, ...more };
    });
    await logCatalogChange(tx, { ...change, changes });
    return result;
  });
  tellListeners("konfirmado_catalog", change.tenantId);
  return written;
}

export async function logCatalogChange(tx: Tx, { caller, tenantId, kind, ids, changes }: CatalogChange): Promise<void> {
  const subject = { kind: "tenant" as const, id: tenantId };
  const origin = "origin" in caller ? caller.origin : undefined;
  await logEvent(tx, { tenantId, subject, kind, details: ids ?? {}, actor: actorOf(caller), ...(changes && { changes }), origin });
  await sql`select pg_notify('konfirmado_catalog', ${tenantId})`.execute(tx);
}
