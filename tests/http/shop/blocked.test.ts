import { expect, test } from "vitest";
import { settledAtOnce } from "../../engine/stories.ts";
import { prepareShopStage } from "../../support/shop/stage.ts";
import { found, receptionOf } from "../customers/people.ts";

const stage = prepareShopStage({ keepsPromises: true });

test("whom the merchant sells nothing online is told so at the checkout, and nothing is kept for them", async () => {
  const shop = await stage.openShop();
  const email = `customer@${shop.link}.example`;
  const bought = await stage.reachOrder(shop, { email });
  await stage.pay(bought.checkoutUrl, "approve");
  await stage.orderReaches(bought, { status: "processed" });
  await settledAtOnce(stage, bought.id);
  const owner = await receptionOf(stage, shop);
  const { id } = await found(owner, email);
  const blocked = await owner(`/${id}/restrictions`, { method: "PUT", json: { blocked: { reason: "No llegó tres veces." } } });
  expect(blocked.status, blocked.text).toBe(200);
  const [variantId] = bought.product.variantIds;
  const cartId = await stage.fill(shop, { [variantId]: 1 });
  expect(await stage.checkOut(shop, cartId, { email })).toMatchObject({ status: 403, body: { code: "customer_blocked" } });
  expect(await stage.stockOf(variantId)).toEqual({ onHand: 9, claims: "booked 1" });
});
