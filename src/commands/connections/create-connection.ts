import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { NewConnection } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { newId } from "#platform/ids.ts";
import { ownProviders } from "#providers/payments/registry.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { claimWord } from "../claim-word.ts";
import { lockOthers } from "./lock-others.ts";
import { sealCredentials } from "./seal-credentials.ts";

type Create = { caller: Caller; input: NewConnection & { tenantId: string; isActiveIfAlone?: boolean } };

/**
 * Is active at once. With `isActiveIfAlone` it waits for its activation if another account of the
 * provider is active, or one of the other mode: new keys never take customers over silently.
 * Refuses: tenant_unknown, credentials_invalid, id_taken.
 */
export async function createConnection({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), kind, provider, credentials, mode = "test", label = null, isActiveIfAlone = false } = input;
  if (kind === "payment" && ownProviders.includes(provider)) throw new Refusal("credentials_invalid", "There is no such provider.");
  const sealed = sealCredentials({ tenantId, connectionId: id, kind, provider, mode, credentials });
  return changeCatalog({ caller, tenantId, kind: "connection.created", ids: { connectionId: id } }, async (tx, note) => {
    const others = isActiveIfAlone ? await lockOthers(tx, { tenantId, id, kind }) : [];
    const isAlone = !others.some((other) => other.provider === provider || other.mode !== mode);
    const row = { kind, provider, mode, label, ...sealed, is_active: isAlone };
    const made = await tx
      .insertInto("connection")
      .values({ tenant_id: tenantId, id, ...row, position: behindAll(tenantId) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    const isMade = Boolean(made.numInsertedOrUpdatedRows) && (await claimWord(tx, { kind: "connection", key: id, tenantId }));
    if (!isMade) throw new Refusal("id_taken");
    note(changesBetween(null, row));
    return { id };
  });
}

/** Customers are offered it last, until the merchant says otherwise. */
const behindAll = (tenantId: string) =>
  sql<number>`(select coalesce(max(position) + 1, 0) from connection where tenant_id = ${tenantId} and kind = 'payment')`;
