import type { Caller } from "#contracts/caller.ts";
import type { NewConnection } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { claimWord } from "../claim-word.ts";
import { sealCredentials } from "./seal-credentials.ts";

type Create = { caller: Caller; input: NewConnection & { tenantId: string } };

/** Refuses: tenant_unknown, credentials_invalid, id_taken. */
export async function createConnection({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), kind, provider, credentials, mode = "test" } = input;
  const sealed = sealCredentials({ tenantId, connectionId: id, kind, provider, mode, credentials });
  return changeCatalog({ caller, tenantId, kind: "connection.created", ids: { connectionId: id } }, async (tx) => {
    const made = await tx
      .insertInto("connection")
      .values({ tenant_id: tenantId, id, kind, provider, mode, ...sealed })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    const isMade = Boolean(made.numInsertedOrUpdatedRows) && (await claimWord(tx, { kind: "connection", key: id, tenantId }));
    if (!isMade) throw new Refusal("id_taken");
    return { id };
  });
}
