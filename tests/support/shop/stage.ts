import { expect } from "vitest";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { eventually } from "../end-state.ts";
import { prepareStage, type StageWish } from "../stage.ts";
import {
  addDiscount,
  addProduct,
  addProvider,
  addShipping,
  type DiscountWish,
  openShop,
  type Product,
  type ProductWish,
  type ShippingWish,
  type Shop,
  stockOf,
} from "./shop.ts";
import { type CheckoutWish, checkOut, fill, orderState } from "./shopper.ts";

/** A stage with shops. What tests do oftenest is here; the rest is in shopper.ts. */
export function prepareShopStage(wish: StageWish = {}) {
  const stage = prepareStage(wish);
  return Object.assign(stage, {
    openShop: (settings: Parameters<typeof openShop>[1] = {}) => openShop(stage, settings),
    addProduct: (shop: Shop, given: ProductWish = {}) => addProduct(stage, shop, given),
    addDiscount: (shop: Shop, given: DiscountWish) => addDiscount(stage, shop, given),
    addShipping: (shop: Shop, given: ShippingWish = {}) => addShipping(stage, shop, given),
    addProvider: (shop: Shop) => addProvider(stage, shop),
    stockOf: (variantId: string) => stockOf(stage, variantId),
    fill: (shop: Shop, lines: Record<string, number>) => fill(stage, shop, lines),
    checkOut: (shop: Shop, cartId: string, given: CheckoutWish = {}) => checkOut(stage, shop, cartId, given),
    /** A digital thing of so many pieces, in a cart that has reached the payment page. */
    async reachOrder(shop: Shop, given: { product?: Product; quantity?: number } & CheckoutWish = {}) {
      const { product = await addProduct(stage, shop, digital), quantity = 1, ...checkoutWish } = given;
      const cartId = await fill(stage, shop, { [product.variantIds[0]]: quantity });
      const { status, body } = await checkOut(stage, shop, cartId, checkoutWish);
      if (status !== 201) throw new Error(`the checkout was answered ${status} ${body.code} ${JSON.stringify(body.problem)}`);
      return { ...body, cartId, product };
    },
    orderState: (own: { id: string; token: string }) => orderState(stage, own),
    orderReaches: (own: { id: string; token: string }, wanted: { [Field in keyof OrderSessionState]?: unknown }) =>
      eventually(async () => expect(await orderState(stage, own)).toMatchObject(wanted)),
  });
}

/** Needs no delivery, so that a test can speak of other things. Payable at each provider. */
export const digital: ProductWish = { title: "Guía", isDigital: true, variants: [{ priceMinor: 10_000_000, onHand: 10 }] };
