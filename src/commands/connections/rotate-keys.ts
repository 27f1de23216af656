import { sql } from "kysely";
import { inSystem } from "#platform/db.ts";
import { decryptSecret, encryptSecret, keyIds } from "#platform/secrets.ts";
import { secretContext } from "#queries/connections.ts";

const batchMax = 100;

/** `unreadable`: altered, or sealed with an unknown key. These stay as they are. */
export type Rotation = { resealed: number; current: number; unreadable: string[] };
type Sealed = { tenant_id: string; id: string; credentials: string };

/**
 * Seals every connection's secrets with the first of ENCRYPTION_KEYS. Safe while the product serves
 * if every process knows both keys: a row that changed meanwhile is skipped. May run any number of
 * times.
 */
export async function rotateKeys(): Promise<Rotation> {
  const done: Rotation = { resealed: 0, current: 0, unreadable: [] };
  let after: Sealed | undefined;
  for (;;) {
    const batch = await nextBatch(after);
    for (const row of batch) await rotateOne(row, done);
    after = batch.at(-1);
    if (batch.length < batchMax) return done;
  }
}

function nextBatch(after: Sealed | undefined): Promise<Sealed[]> {
  return inSystem((tx) => {
    const rows = tx.selectFrom("connection").select(["tenant_id", "id", "credentials"]).orderBy("tenant_id").orderBy("id").limit(batchMax);
    return (after ? rows.where(sql<boolean>`(tenant_id, id) > (${after.tenant_id}, ${after.id})`) : rows).execute();
  });
}

async function rotateOne(row: Sealed, done: Rotation): Promise<void> {
  const { sealedWith, current } = keyIds(row.credentials);
  if (sealedWith === current) {
    done.current += 1;
    return;
  }
  const context = secretContext({ tenantId: row.tenant_id, connectionId: row.id });
  let text: string;
  try {
    text = decryptSecret(row.credentials, context);
  } catch {
    done.unreadable.push(row.id);
    return;
  }
  const resealed = await inSystem((tx) =>
    tx
      .updateTable("connection")
      .set({ credentials: encryptSecret(text, context) })
      .where("tenant_id", "=", row.tenant_id)
      .where("id", "=", row.id)
      .where("credentials", "=", row.credentials)
      .executeTakeFirst(),
  );
  if (resealed.numUpdatedRows > 0n) done.resealed += 1;
}
