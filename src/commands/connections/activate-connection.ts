import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { ownProviders } from "#providers/payments/registry.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { lockOthers } from "./lock-others.ts";

type Activate = { caller: Caller; input: { tenantId: string; connectionId: string } };

/**
 * Offers it beside the others of its mode, with the secrets that it has. Accounts of the other mode
 * stop: nobody may pay with test money where real money is taken, nor the other way round. Refuses:
 * tenant_unknown, connection_unknown (also of an active one).
 */
export async function activateConnection({ caller, input }: Activate): Promise<{ id: string }> {
  const { tenantId, connectionId } = input;
  return changeCatalog({ caller, tenantId, kind: "connection.activated", ids: { connectionId } }, async (tx, note) => {
    const found = await tx
      .selectFrom("connection")
      .select(["kind", "mode"])
      .where("tenant_id", "=", tenantId)
      .where("id", "=", connectionId)
      .where("is_active", "=", false)
      .where("provider", "not in", ownProviders)
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw new Refusal("connection_unknown");
    const { kind, mode } = found;
    const others = (await lockOthers(tx, { tenantId, id: connectionId, kind })).filter((other) => other.mode !== mode).map(({ id }) => id);
    const setActive = (ids: readonly string[], is_active: boolean) =>
      tx
        .updateTable("connection")
        .set({ is_active, version: sql`version + 1`, updated_at: sql`now()` })
        .where("tenant_id", "=", tenantId)
        .where("id", "in", ids)
        .execute();
    if (others.length > 0) await setActive(others, false);
    await setActive([connectionId], true);
    note(changesBetween({ is_active: false, replaces: null }, { is_active: true, replaces: others.length > 0 ? others : null }));
    return { id: connectionId };
  });
}
