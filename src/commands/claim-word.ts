import type { Tx } from "#platform/db.ts";

export type PublicWord = { kind: "link" | "connection" | "tenant_slug" | "subdomain"; key: string; tenantId: string };

/** Returns false if any tenant has the word already. The first owner keeps it. */
export async function claimWord(tx: Tx, { kind, key, tenantId }: PublicWord): Promise<boolean> {
  const claimed = await tx
    .insertInto("directory")
    .values({ kind, key, tenant_id: tenantId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return claimed.numInsertedOrUpdatedRows === 1n;
}

export async function giveBackWord(tx: Tx, { kind, key, tenantId }: PublicWord): Promise<void> {
  await tx.deleteFrom("directory").where("kind", "=", kind).where("key", "=", key).where("tenant_id", "=", tenantId).execute();
}
