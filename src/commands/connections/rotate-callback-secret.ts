import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { callbackSecrets } from "#domain/callback-secrets.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { decryptSecret, encryptSecret } from "#platform/secrets.ts";
import { secretContext } from "#queries/connections.ts";
import { changeCatalog } from "../change-catalog.ts";
import { claimWord } from "../claim-word.ts";

/** As long as callbacks are retried. */
const overlapHoursDefault = 72;

type Rotate = { caller: Caller; input: { tenantId: string; overlapHours?: number } };
/** To be shown once: they are never read again but to sign. */
export type NewSecrets = { connectionId: string; hmacSecret: string; webhookSecret: string; olderUntil: string };
type Kept = { id: string; credentials: string };

/**
 * Gives the tenant's callbacks new secrets. The headers carry a signature of the old secret beside
 * the new one's for `overlapHours`; `firma_hmac` has room for one and is the new secret's at once,
 * also in callbacks that wait for another attempt. Makes the connection if there is none. Refuses:
 * tenant_unknown.
 */
export async function rotateCallbackSecret({ caller, input }: Rotate): Promise<NewSecrets> {
  const { tenantId, overlapHours = overlapHoursDefault } = input;
  const fresh = { hmacSecret: randomBytes(32).toString("base64url"), webhookSecret: `whsec_${randomBytes(32).toString("base64")}` };
  const olderUntil = new Date(databaseNow() + overlapHours * 3_600_000).toISOString();
  return changeCatalog({ caller, tenantId, kind: "callback.secret_rotated" }, async (tx) => {
    const { id: connectionId, credentials } = await lockConnection(tx, tenantId);
    const context = secretContext({ tenantId, connectionId });
    const older = credentials === "" ? undefined : newestOf(decryptSecret(credentials, context));
    const webhookSecrets = older === undefined ? [fresh.webhookSecret] : [fresh.webhookSecret, older];
    const sealed = encryptSecret(JSON.stringify({ hmacSecret: fresh.hmacSecret, webhookSecrets, olderUntil }), context);
    await tx
      .updateTable("connection")
      .set({ credentials: sealed, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .execute();
    return { connectionId, ...fresh, olderUntil };
  });
}

/** Undefined for what could not have signed anything. */
function newestOf(text: string): string | undefined {
  return callbackSecrets.safeParse(JSON.parse(text)).data?.webhookSecrets[0];
}

/**
 * The connection that signs (queries/connections.ts), under its lock; new ones have no credentials
 * yet.
 */
async function lockConnection(tx: Tx, tenantId: string): Promise<Kept> {
  // One rotation at a time: two that found no connection would each make one.
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const found = await tx
    .selectFrom("connection")
    .select(["id", "credentials"])
    .where("kind", "=", "callback")
    .where("is_active", "=", true)
    .orderBy("created_at", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (found) return found;
  const made: Kept = { id: newId(), credentials: "" };
  await tx
    .insertInto("connection")
    .values({ tenant_id: tenantId, ...made, kind: "callback", provider: "konfirmado" })
    .execute();
  await claimWord(tx, { kind: "connection", key: made.id, tenantId });
  return made;
}
