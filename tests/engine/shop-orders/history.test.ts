import { expect, test } from "vitest";
import { systemPool } from "#platform/db.ts";
import { eventually } from "#tests/support/end-state.ts";
import { digital, prepareShopStage } from "#tests/support/shop/stage.ts";

const stage = prepareShopStage({ keepsPromises: true });

test("a sale that waited for a change by hand stands behind it in the history", async () => {
  const shop = await stage.openShop();
  const product = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: 4 }] });
  const [variantId] = product.variantIds;
  const begun = await stage.reachOrder(shop, { product });
  const byHand = await systemPool().connect();
  try {
    await byHand.query("begin");
    await byHand.query("select from variant where tenant_id = $1 and id = $2 for update", [shop.tenantId, variantId]);
    await stage.pay(begun.checkoutUrl, "approve_without_return");
    await eventually(async () => {
      const { rows } = await stage.owner.query(
        "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      expect(rows[0].waiting).toBeGreaterThan(0);
    });
    await byHand.query("update variant set on_hand = 9 where tenant_id = $1 and id = $2", [shop.tenantId, variantId]);
    await byHand.query(
      `insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, actor, created_at)
       values ($1, $2, 5, 9, 'received', 'system', clock_timestamp())`,
      [shop.tenantId, variantId],
    );
    await byHand.query("commit");
  } finally {
    byHand.release();
  }
  await stage.orderReaches(begun, { status: "processed" });
  const { rows } = await stage.owner.query(
    "select reason, quantity, on_hand as left from stock_change where variant_id = $1 order by created_at desc, id desc",
    [variantId],
  );
  expect(rows).toEqual([
    { reason: "sold", quantity: -1, left: 8 },
    { reason: "received", quantity: 5, left: 9 },
    { reason: "initial", quantity: 4, left: 4 },
  ]);
});
