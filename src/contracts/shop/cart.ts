import { z } from "zod";
import { linePiecesMax } from "#domain/shop/limits.ts";
import { place } from "../checkout.ts";
import { paymentOffer } from "../choice/payment-offer.ts";
import { languages } from "../service-terms.ts";
import { codeLengthMax, userIdLengthMax } from "./limits.ts";
import { shopFront, shopWord } from "./store-product.ts";

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const amountMinor = z.int().min(0);
const userId = z
  .string()
  .trim()
  .min(1)
  .max(userIdLengthMax)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u)
  .describe("The buyer in the merchant's own system. It is told to the merchant as it was given, and proves nothing.");

export const newCart = z.strictObject({ shop: shopWord, userId: userId.optional() });
export type NewCart = z.output<typeof newCart>;
export const lineChange = z.strictObject({ quantity: z.int().min(0).max(linePiecesMax).describe("0 takes it out.") });
export const codeGiven = z.strictObject({ code: z.string().trim().min(1).max(codeLengthMax).describe("In any case of letters.") });

export const cartLine = z.object({
  variantId: id,
  productId: id,
  productTitle: z.string(),
  /** Empty where the product has no choices. */
  variantTitle: z.string(),
  /** The product's title in other languages than the merchant's. */
  translations: z.partialRecord(languages, z.object({ title: z.string() })),
  sku: z.string().nullable(),
  imageUrl: z.string().nullable(),
  isDigital: z.boolean(),
  quantity: z.int().min(1),
  /** The most that a new quantity may be. */
  quantityMax: z.int().min(0),
  unitPriceMinor: amountMinor,
  grossMinor: amountMinor,
  discountMinor: amountMinor,
  taxPercent: z.number(),
  taxIncluded: z.boolean(),
  taxMinor: amountMinor,
  /** What is paid for it: the discount taken off, the tax in it. */
  totalMinor: amountMinor,
});
export type CartLine = z.infer<typeof cartLine>;

const ofLine = { variantId: id, productTitle: z.string(), variantTitle: z.string() };
/** What is no longer as the customer saw it last. A line that is set again is seen again. */
export const cartChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("price"), ...ofLine, beforeMinor: amountMinor, nowMinor: amountMinor }),
  /** There are fewer than the line has. It cannot be paid so. */
  z.object({ kind: z.literal("stock"), ...ofLine, wanted: z.int(), available: z.int().min(0) }),
  /** Not sold any more: it is in no sum, and the customer takes it out. */
  z.object({ kind: z.literal("gone"), ...ofLine }),
]);
export type CartChange = z.infer<typeof cartChange>;

/** `problem` says why it takes nothing off at the moment: a refusal code, or null. */
const cartDiscount = z.object({
  code: z.string(),
  percent: z.number().nullable(),
  amountMinor: amountMinor.nullable(),
  minimumMinor: amountMinor.nullable(),
  problem: z
    .enum(["discount_unknown", "discount_not_yet", "discount_over", "discount_minimum", "discount_not_for_these", "discount_used_up"])
    .nullable(),
});

/** Sub-total less discount, with the added tax and the delivery, is the total. */
export const cartTotals = z.object({
  currency: z.string(),
  /** Of the goods, as their prices are shown. */
  subTotalMinor: amountMinor,
  discountMinor: amountMinor,
  /** The goods' tax that their prices do not hold. */
  taxAddedMinor: amountMinor,
  /** The delivery, its tax in it. 0 until one is chosen. */
  shippingMinor: amountMinor,
  /** All tax; it is within the total. */
  taxMinor: amountMinor,
  totalMinor: amountMinor,
});
export type CartTotals = z.infer<typeof cartTotals>;

export const cart = z.object({
  id,
  shop: z.string().describe("The merchant's slug."),
  userId: z.string().nullable(),
  lines: z.array(cartLine),
  changes: z.array(cartChange),
  discount: cartDiscount.nullable(),
  totals: cartTotals.describe("Without delivery."),
  /** Whether something in it is sent, so that a way of delivery must be chosen. */
  needsShipping: z.boolean(),
  /** An order session that is being paid, with its end. */
  paying: z.object({ id, token: z.string(), expiresAt: instant }).nullable(),
  /** The cart is finished: it has become this order. */
  order: z.object({ id, token: z.string() }).nullable(),
});
export type Cart = z.infer<typeof cart>;

export const shippingChoice = z.object({
  id,
  kind: z.enum(["flat", "by_weight", "pickup"]),
  name: z.string(),
  translations: z.partialRecord(languages, z.object({ name: z.string() })),
  /** What is paid for it with this cart, tax in it. Null if it cannot carry it. */
  priceMinor: amountMinor.nullable(),
  problem: z.literal("too_heavy").nullable(),
  freeFromMinor: amountMinor.nullable(),
  daysMin: z.int().nullable().describe("Working days until it is there."),
  daysMax: z.int().nullable(),
  /** Where it is picked up. */
  place: place.nullable(),
});
export type ShippingChoice = z.infer<typeof shippingChoice>;

/** What a page shows before the last click. */
export const cartQuote = z.object({
  cart,
  shop: shopFront,
  shippingOptions: z.array(shippingChoice),
  /** The chosen one, of those. */
  shipping: id.nullable(),
  totals: cartTotals.describe("With the chosen delivery."),
  /** The accounts that take this total, in the merchant's order. None is needed for 0. */
  payments: z.array(paymentOffer),
});
export type CartQuote = z.infer<typeof cartQuote>;

/** What the customer was shown. If anything else holds now, nothing is charged. */
export const cartSeen = z.strictObject({
  totalMinor: amountMinor,
  lines: z.array(z.strictObject({ variantId: id, quantity: z.int().min(1), unitPriceMinor: amountMinor })).max(100),
});
export type CartSeen = z.infer<typeof cartSeen>;
