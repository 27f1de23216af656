import type { Tx } from "#platform/db.ts";

/** Whether the transaction's tenant has a callback address. */
export async function hasCallback(tx: Tx): Promise<boolean> {
  const { callback_url } = await tx.selectFrom("tenant").select("callback_url").executeTakeFirstOrThrow();
  return callback_url !== null;
}
