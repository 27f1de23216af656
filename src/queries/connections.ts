import { inSystem, inTenant } from "#platform/db.ts";
import { decryptSecret } from "#platform/secrets.ts";
import { changesSeen, copyLifetime, forgetOnChange } from "./copies.ts";

export type Connection = { tenantId: string; id: string; provider: string; mode: "test" | "production"; credentials: unknown };

/** Secrets are bound to this text: in another row they cannot be read. */
export function secretContext(connection: { tenantId: string; connectionId: string }): string {
  return `connection:${connection.tenantId}:${connection.connectionId}`;
}

const connectionsMax = 2000;
const kept = new Map<string, { readAt: number; connection: Connection }>();
forgetOnChange((tenantId) => {
  for (const [id, { connection }] of kept) if (!tenantId || connection.tenantId === tenantId) kept.delete(id);
});

/** A connection with its decrypted secrets, cached until its tenant's catalogue changes. */
export async function readCredentials(input: { tenantId: string; connectionId: string }): Promise<Connection> {
  const found = findKept(input.connectionId);
  if (found?.tenantId === input.tenantId) return found;
  const seen = changesSeen();
  const row = await inTenant(input.tenantId, (tx) =>
    tx.selectFrom("connection").selectAll().where("id", "=", input.connectionId).executeTakeFirstOrThrow(),
  );
  return keep(opened(row), seen);
}

/**
 * The tenant's newest active connection of a kind. For `started` work a deactivated one will do.
 */
export async function findConnection(input: {
  tenantId: string;
  kind: "payment" | "room" | "callback";
  provider?: string;
  started?: true;
}): Promise<Connection | null> {
  const row = await inTenant(input.tenantId, (tx) => {
    let query = tx.selectFrom("connection").selectAll().where("kind", "=", input.kind).orderBy("is_active", "desc");
    if (!input.started) query = query.where("is_active", "=", true);
    if (input.provider) query = query.where("provider", "=", input.provider);
    return query.orderBy("created_at", "desc").limit(1).executeTakeFirst();
  });
  return row ? opened(row) : null;
}

const candidatesMax = 200;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Whose webhook may this be? The connection in the address; else the payment's own, by reference;
 * else every connection of the provider, active ones first, at most 200. The signature decides. A
 * deactivated one still receives what was started with it.
 */
export async function webhookCandidates({ provider, connectionId, reference }: Addressed): Promise<Connection[]> {
  if (connectionId !== null) return ofAddress(provider, connectionId);
  const rows = await inSystem(async (tx) => {
    const connections = tx.selectFrom("connection").selectAll("connection").where("connection.provider", "=", provider);
    const ofPayment = connections
      .innerJoin("payment as p", (join) =>
        join.onRef("p.tenant_id", "=", "connection.tenant_id").onRef("p.connection_id", "=", "connection.id"),
      )
      .where("p.reference", "=", reference);
    const own = reference === null ? [] : await ofPayment.execute();
    if (own.length > 0) return own;
    return connections.orderBy("is_active", "desc").orderBy("created_at").limit(candidatesMax).execute();
  });
  return rows.map(opened);
}
type Addressed = { provider: string; connectionId: string | null; reference: string | null };

async function ofAddress(provider: string, connectionId: string): Promise<Connection[]> {
  const found = findKept(connectionId);
  if (found?.provider === provider) return [found];
  if (!uuid.test(connectionId)) return [];
  const seen = changesSeen();
  // By the directory's key and then ours: a forged delivery must not cost a scan.
  const row = await inSystem((tx) =>
    tx
      .selectFrom("connection as c")
      .selectAll("c")
      .where(
        "c.tenant_id",
        "=",
        tx.selectFrom("directory as d").select("d.tenant_id").where("kind", "=", "connection").where("key", "=", connectionId),
      )
      .where("c.id", "=", connectionId)
      .where("c.provider", "=", provider)
      .executeTakeFirst(),
  );
  return row ? [keep(opened(row), seen)] : [];
}

function findKept(connectionId: string): Connection | null {
  const { freshMs } = copyLifetime();
  const found = kept.get(connectionId);
  return found && Date.now() - found.readAt < freshMs ? found.connection : null;
}

/** `seen` is `changesSeen()` before the read. If it has changed, the copy may be stale. */
function keep(connection: Connection, seen: number): Connection {
  if (seen !== changesSeen()) return connection;
  if (kept.size >= connectionsMax) kept.clear();
  kept.set(connection.id, { readAt: Date.now(), connection });
  return connection;
}

function opened(row: { tenant_id: string; id: string; provider: string; mode: string; credentials: string }): Connection {
  const context = secretContext({ tenantId: row.tenant_id, connectionId: row.id });
  return {
    tenantId: row.tenant_id,
    id: row.id,
    provider: row.provider,
    mode: row.mode === "production" ? "production" : "test",
    credentials: JSON.parse(decryptSecret(row.credentials, context)) as unknown,
  };
}
