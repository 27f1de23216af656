import type { Caller } from "#contracts/caller.ts";
import { inTenant } from "#platform/db.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";

type Open = { caller: Caller; input: { tenantId: string } };

/**
 * Makes it, closed still. Returns false if there is one: it stays as it is. Refuses:
 * tenant_unknown.
 */
export async function openShop({ caller, input: { tenantId } }: Open): Promise<boolean> {
  const found = await inTenant(tenantId, (tx) => tx.selectFrom("shop").select("tenant_id").executeTakeFirst());
  if (found) return false;
  return changeCatalog({ caller, tenantId, kind: "shop.updated" }, async (tx, note) => {
    const made = await tx
      .insertInto("shop")
      .columns(["tenant_id", "seller_name"])
      .expression(tx.selectFrom("tenant").select(["tenant_id", "controller_name"]).where("tenant_id", "=", tenantId))
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made) note(changesBetween(null, made));
    return made !== undefined;
  });
}
