import { z } from "zod";
import { cart, cartQuote, codeGiven, lineChange, newCart } from "../../shop/cart.ts";
import { storeProductPage, storeProducts, storeProductsQuery } from "../../shop/store-product.ts";
import { described, json, type Operation } from "../operation.ts";
import {
  cartExample,
  codeExample,
  lineChangeExample,
  newCartExample,
  quoteExample,
  storeProductExample,
  storeProductsExample,
} from "./examples.ts";

export const storeRead = { methods: ["get"], tag: "shop", callers: ["customer"], limit: "reads" } as const;
/** The id in the path is the proof: whoever has a cart's id has the cart. */
export const storeChange = { tag: "shop", callers: ["customer"], isSameSite: true, isPrivate: true } as const;

const shopWords = "The merchant's slug.";
export const ofCart = described(z.object({ id: z.uuid() }), { id: "The cart's id." }, "cart_unknown");
const ofLine = described(
  z.object({ id: z.uuid(), variantId: z.uuid() }),
  { id: "The cart's id.", variantId: "What is put into it." },
  "variant_unknown",
);

/** What a shop sells, and the cart. */
export const storeOperations = [
  {
    ...storeRead,
    id: "listStoreProducts",
    path: "/store/products",
    summary: "What a shop sells",
    query: described(
      storeProductsQuery,
      {
        shop: shopWords,
        category: "Only of this category, as `categories` has it.",
        q: "Words of the title, the description or the category.",
        cursor: "Where the page before ended.",
      },
      "not_found",
    ),
    answer: json(
      200,
      storeProducts,
      "In the merchant's order. The stock counts what others are paying for at this moment.",
      storeProductsExample,
    ),
  },
  {
    ...storeRead,
    id: "getStoreProduct",
    path: "/store/products/{id}",
    summary: "One product of a shop",
    params: described(z.object({ id: z.uuid() }), { id: "The product's id." }, "product_unknown"),
    query: described(storeProductsQuery.pick({ shop: true }), { shop: shopWords }, "not_found"),
    answer: json(200, storeProductPage, "With its variants and what is left of each.", storeProductExample),
  },
  {
    ...storeChange,
    id: "createCart",
    methods: ["post"],
    path: "/store/carts",
    summary: "Begin a cart",
    limit: "changes",
    takesKey: "maybe_alone",
    body: newCart,
    bodyExamples: { cart: newCartExample },
    answer: json(
      201,
      cart,
      "Whoever knows its id has the cart: keep it secret. A browser gets a cookie with it, and one that has a living cart of this shop gets that one.",
      { ...cartExample, lines: [], discount: null, needsShipping: false, totals: { ...emptyTotals(), currency: "COP" } },
    ),
    refusals: ["not_found", "shop_closed"],
  },
  {
    ...storeRead,
    id: "getCart",
    path: "/store/carts/{id}",
    summary: "A cart with its prices and stock of this moment",
    isPrivate: true,
    params: ofCart,
    answer: json(200, cart, "`changes` says what is no longer as the customer saw it last.", cartExample),
  },
  {
    ...storeChange,
    id: "setCartLine",
    methods: ["put"],
    path: "/store/carts/{id}/lines/{variantId}",
    summary: "Put something into a cart, change how much of it, or take it out",
    limit: "changes",
    params: ofLine,
    body: lineChange,
    bodyExamples: { line: lineChangeExample },
    answer: json(200, cart, "The price of this moment counts as seen. Nothing is kept in stock by it.", cartExample),
    refusals: ["cart_unknown", "cart_finished", "shop_closed", "quantity_limit", "out_of_stock"],
  },
  {
    ...storeChange,
    id: "setCartDiscount",
    methods: ["put"],
    path: "/store/carts/{id}/discount",
    summary: "Use a discount code",
    limit: "codes",
    params: ofCart,
    body: codeGiven,
    bodyExamples: { code: codeExample },
    answer: json(200, cart, "A use is counted only while its order session lives, and for good when it is paid.", cartExample),
    refusals: [
      "cart_finished",
      "discount_unknown",
      "discount_not_yet",
      "discount_over",
      "discount_minimum",
      "discount_not_for_these",
      "discount_used_up",
    ],
  },
  {
    ...storeChange,
    id: "removeCartDiscount",
    methods: ["delete"],
    path: "/store/carts/{id}/discount",
    summary: "Take the discount code back",
    limit: "changes",
    params: ofCart,
    answer: json(200, cart, "Without a code this changes nothing.", { ...cartExample, discount: null }),
    refusals: ["cart_finished"],
  },
  {
    ...storeRead,
    id: "getCartTotals",
    path: "/store/carts/{id}/totals",
    summary: "What a cart costs with a way of delivery, and with what it can be paid",
    isPrivate: true,
    params: ofCart,
    query: described(
      z.object({ shipping: z.uuid().optional() }),
      { shipping: "The way of delivery, as `shippingOptions` has it." },
      "shipping_unknown",
    ),
    answer: json(200, cartQuote, "What a page shows before the last click.", quoteExample),
    refusals: ["too_heavy"],
  },
] as const satisfies readonly Operation[];

function emptyTotals() {
  return { subTotalMinor: 0, discountMinor: 0, taxAddedMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 };
}
