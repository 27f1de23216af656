import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { ShopChanges } from "#contracts/shop-desk/settings.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";

type Update = { caller: Caller; input: { tenantId: string; changes: ShopChanges; seenVersion?: number | undefined } };

/** Refuses: tenant_unknown, shop_missing, shop_incomplete, changed_meanwhile. */
export async function updateShop({ caller, input: { tenantId, changes, seenVersion } }: Update): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "shop.updated" }, async (tx, note) => {
    const before = await tx.selectFrom("shop").selectAll().where("tenant_id", "=", tenantId).forNoKeyUpdate().executeTakeFirst();
    if (!before) throw new Refusal("shop_missing");
    if (seenVersion !== undefined && seenVersion !== before.version) throw new Refusal("changed_meanwhile");
    const after = await tx
      .updateTable("shop")
      .set({ ...columnsOf(changes), version: before.version + 1, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (after.is_open) requireComplete(after);
    note(changesBetween(before, after));
  });
}

const columnsOf = (given: ShopChanges) => ({
  is_open: given.isOpen,
  hold_minutes: given.holdMinutes,
  lines_max: given.linesMax,
  seller_name: given.sellerName,
  seller_tax_id: given.sellerTaxId,
  seller_address: given.sellerAddress,
  returns_text: given.returnsText,
});

/** Customers must know with whom they deal before they pay. */
function requireComplete(shop: { seller_name: string | null; seller_address: string | null; returns_text: string | null }): void {
  const missing = [
    ...(shop.seller_name === null ? ["sellerName"] : []),
    ...(shop.seller_address === null ? ["sellerAddress"] : []),
    ...(shop.returns_text === null ? ["returnsText"] : []),
  ];
  const errors = missing.map((path) => ({ path, message: "is missing" }));
  if (missing.length > 0) throw new Refusal("shop_incomplete", undefined, errors);
}
