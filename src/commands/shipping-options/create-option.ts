import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { shippingOptionsMax } from "#contracts/shop-desk/limits.ts";
import type { NewShippingOption } from "#contracts/shop-desk/shipping.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { optionColumns, requireFit } from "./option-columns.ts";

type Create = { caller: Caller; input: NewShippingOption & { tenantId: string } };

/**
 * It stands behind the others. Refuses: tenant_unknown, id_taken, location_unknown,
 * limit_reached, invalid_request.
 */
export async function createShippingOption({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), kind, name, weightSteps = [], locationId = null, daysMin = null, daysMax = null } = input;
  requireFit({ kind, weightSteps, locationId, daysMin, daysMax });
  const ids = { shippingOptionId: id };
  return changeCatalog({ caller, tenantId, kind: "shipping_option.created", ids }, async (tx, note) => {
    await requireRoom(tx, tenantId);
    const made = await tx
      .insertInto("shipping_option")
      .values({
        ...(await optionColumns(tx, tenantId, input)),
        ...{ tenant_id: tenantId, id, kind, name },
        currency: sql<string>`(select currency from tenant where tenant_id = ${tenantId})`,
        position: sql<number>`(select coalesce(max(position) + 1, 0) from shipping_option where tenant_id = ${tenantId})`,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) throw new Refusal("id_taken");
    note(changesBetween(null, made));
    return { id };
  });
}

/** Under the tenant's lock. */
async function requireRoom(tx: Tx, tenantId: string): Promise<void> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const { count } = await tx
    .selectFrom("shipping_option")
    .select(sql<number>`count(*)::int`.as("count"))
    .where("tenant_id", "=", tenantId)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  if (count >= shippingOptionsMax) throw new Refusal("limit_reached", `At most ${shippingOptionsMax} ways of delivery.`);
}
