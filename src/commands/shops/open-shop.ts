import type { Caller } from "#contracts/caller.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";

/** Makes it, closed still. Who has one keeps it as it is. Refuses: tenant_unknown. */
export async function openShop({ caller, input: { tenantId } }: { caller: Caller; input: { tenantId: string } }): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "shop.updated" }, async (tx, note) => {
    const made = await tx
      .insertInto("shop")
      .columns(["tenant_id", "seller_name"])
      .expression(tx.selectFrom("tenant").select(["tenant_id", "controller_name"]).where("tenant_id", "=", tenantId))
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made) note(changesBetween(null, made));
  });
}
