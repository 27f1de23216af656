import { expect, test } from "vitest";
import { personalExport } from "#contracts/customers/personal-export.ts";
import { settledAtOnce } from "../../engine/stories.ts";
import { enterCode, home, newCart, put } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { mark, places } from "../customers/marks.ts";
import { found, receptionOf } from "../customers/people.ts";
import { expectProblem, expectShape } from "../request.ts";

const stage = prepareShopStage({ keepsPromises: true });

test("whoever bought in a shop gets all that is kept of them, and erasing leaves nothing but the goods and the money", async () => {
  const shop = await stage.openShop();
  const { marked, marks } = mark(70);
  const [word = ""] = marks;
  const cup = await stage.addProduct(shop, { variants: digital.variants ?? [] });
  const delivery = await stage.addShipping(shop);
  await stage.addDiscount(shop, { code: "DIEZ", percent: 10, usesPerCustomerMax: 1 });
  const { body: cart } = await newCart(stage, shop, { userId: `user-${word}` });
  await put(stage, cart.id, cup.variantIds[0], 2);
  await enterCode(stage, cart.id, "DIEZ");
  const address = { ...home, firstName: word, address: `Calle de ${word} 1` };
  const more = { customer: marked, note: `Para ${word}`, campaign: { utm_source: word } };
  const { status, body: begun } = await stage.checkOut(shop, cart.id, { shipping: delivery, address, key: "once", more });
  expect(status).toBe(201);
  await stage.pay(begun.checkoutUrl, "approve");
  await stage.orderReaches(begun, { status: "processed" });
  await settledAtOnce(stage, begun.id);
  await stage.owner.query("insert into order_note (tenant_id, order_id, text, actor) values ($1, $2, $3, 'system')", [
    shop.tenantId,
    begun.id,
    `Llamar a ${word}`,
  ]);
  const owner = await receptionOf(stage, shop);
  const { id } = await found(owner, marked.email);
  const { orders } = expectShape(personalExport, (await owner(`/${id}/export`)).body);
  expect(orders).toMatchObject([
    {
      id: begun.id,
      number: 1,
      ...marked,
      userId: `user-${word}`,
      address: { firstName: word },
      note: `Para ${word}`,
      campaign: { utm_source: word },
      totalMinor: 18_000_000,
      lines: [{ title: "Taza", quantity: 2 }],
      notes: [{ text: `Llamar a ${word}` }],
      payments: [{ status: "approved", amountMinor: 18_000_000 }],
    },
  ]);
  expect((await places(stage, marks)).length).toBeGreaterThan(8);
  await stage.owner.query("update payment set payable_until = now() - interval '1 minute' where tenant_id = $1", [shop.tenantId]);
  expectProblem(await owner(`/${id}/erase`, { json: { name: marked.name } }), "customer_has_orders");
  await stage.owner.query("update shop_order set packed_at = now(), sent_at = now(), delivered_at = now() where id = $1", [begun.id]);
  await stage.owner.query("update order_line set sent = quantity where order_id = $1", [begun.id]);
  const erased = await owner(`/${id}/erase`, { json: { name: marked.name } });
  expect(erased.status, erased.text).toBe(200);
  expect(await places(stage, marks)).toEqual([]);
  expect(await stage.orderState(begun)).toMatchObject({
    address: null,
    note: null,
    userId: null,
    customerName: "—",
    totalMinor: 18_000_000,
    cartItems: [{ quantity: 2 }],
    order: { number: 1, orderStatus: "delivered" },
  });
});
