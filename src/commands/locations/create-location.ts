import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { locationsMax, type NewLocation } from "#contracts/settings/tenant.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { locationColumns } from "./location-columns.ts";
import { makeDefault } from "./make-default.ts";
import { setLocationServices } from "./set-location-services.ts";

type Create = { caller: Caller; input: NewLocation & { tenantId: string } };

/**
 * The first is the default. Refuses: id_taken, too_many_locations, phone_invalid,
 * service_unknown.
 */
export async function createLocation({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), name, serviceIds, isDefault } = input;
  return changeCatalog({ caller, tenantId, kind: "location.created", ids: { locationId: id } }, async (tx, note) => {
    const others = await countOthers(tx, tenantId);
    if (others >= locationsMax) throw new Refusal("too_many_locations");
    const made = await tx
      .insertInto("location")
      .values({ ...(await locationColumns(tx, input)), tenant_id: tenantId, id, name })
      .onConflict((conflict) => conflict.columns(["tenant_id", "id"]).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) throw new Refusal("id_taken");
    note(changesBetween(null, made));
    if (isDefault || others === 0) await makeDefault(tx, tenantId, id);
    if (serviceIds) note(await setLocationServices(tx, { tenantId, locationId: id, serviceIds }));
    return { id };
  });
}

/** Under the tenant's lock: two that found none would both be the default. */
async function countOthers(tx: Tx, tenantId: string): Promise<number> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const { count } = await tx
    .selectFrom("location")
    .select(sql<number>`count(*)::int`.as("count"))
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}
