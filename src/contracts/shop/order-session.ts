import { z } from "zod";
import { checkoutPaymentStatuses, checkoutStatuses } from "#domain/checkout-states.ts";
import { declineReasons } from "#domain/choice/decline-reasons.ts";
import { refundReasons, refundStates } from "#domain/refund-policy.ts";
import { campaign, customer, place } from "../checkout.ts";
import { line, lines } from "../service-terms.ts";
import { cartSeen } from "./cart.ts";
import { addressLengths, noteLengthMax, userIdLengthMax } from "./limits.ts";
import { order } from "./order.ts";

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const amountMinor = z.int().min(0);
/** Whole units of the currency beside it, with its decimals: 120000 are $120.000 COP. */
const amount = z.number().min(0);

/** Where it is sent. Its phone is the customer's own unless another one is given. */
export const addressGiven = z.strictObject({
  firstName: line(1, addressLengths.name),
  lastName: line(1, addressLengths.name),
  address: line(3, addressLengths.address),
  city: line(1, addressLengths.city),
  region: line(1, addressLengths.region).nullable().default(null),
  postalCode: line(1, addressLengths.postalCode).nullable().default(null),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe("ISO 3166-1, such as CO."),
  phone: z.string().trim().min(5).max(64).nullable().default(null),
});
export type AddressGiven = z.output<typeof addressGiven>;
/** As it is kept; the phone number in E.164. */
export const address = z.object({
  firstName: z.string(),
  lastName: z.string(),
  address: z.string(),
  city: z.string(),
  region: z.string().nullable(),
  postalCode: z.string().nullable(),
  country: z.string(),
  phone: z.string(),
});
export type Address = z.infer<typeof address>;

const payingWith = {
  provider: z
    .string()
    .min(1)
    .max(32)
    .optional()
    .describe("Where to pay. Without `connection`, the merchant's first account there that fits."),
  connection: id
    .optional()
    .describe("With which account to pay: one of `payments` of the quote. One of the two is required unless the total is 0."),
  document: z
    .strictObject({ type: z.string().trim().min(1).max(16), number: z.string().trim().min(1).max(32) })
    .optional()
    .describe("Only for a provider that asks for it, in its own words (such as CC). It is passed on and never stored."),
};

export const orderRequest = z.strictObject({
  customer,
  acceptedTerms: z.literal(true),
  address: addressGiven.optional().describe("Required where something is sent."),
  shipping: id.optional().describe("One of `shippingOptions` of the quote. Required unless all of it is digital."),
  ...payingWith,
  locale: z.enum(["es", "en", "fr", "pt"]).optional(),
  note: lines(1, noteLengthMax).optional().describe("For the merchant."),
  userId: z.string().trim().min(1).max(userIdLengthMax).optional().describe("Takes the place of the cart's."),
  campaign: campaign.optional().describe("Kept with the order, and told to the merchant's server."),
  seen: cartSeen,
});
export type OrderRequest = z.output<typeof orderRequest>;

export const orderPaymentRequest = z.strictObject(payingWith).refine(({ provider, connection }) => (provider ?? connection) !== undefined, {
  path: ["provider"],
  message: "a provider or a connection is required",
});

export const soldLine = z.object({
  variantId: id,
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string().nullable(),
  imageUrl: z.string().nullable(),
  isDigital: z.boolean(),
  quantity: z.int().min(1),
  unitPrice: amount,
  unitPriceMinor: amountMinor,
  discountMinor: amountMinor,
  taxPercent: z.number(),
  taxIncluded: z.boolean(),
  taxMinor: amountMinor,
  total: amount.describe("What is paid for the line: its discount taken off, its tax in it."),
  totalMinor: amountMinor,
});
export type SoldLine = z.infer<typeof soldLine>;

/** The way of delivery as it was chosen. */
export const soldShipping = z.object({
  id,
  kind: z.enum(["flat", "by_weight", "pickup"]),
  name: z.string(),
  daysMin: z.int().nullable(),
  daysMax: z.int().nullable(),
  place: place.nullable(),
  taxMinor: amountMinor,
});
export type SoldShipping = z.infer<typeof soldShipping>;

export const orderSessionStatuses = ["active", "processed", "expired", "cancelled"] as const;

const session = {
  sessionToken: z.string().describe("`session_{id}_{milliseconds}`"),
  userId: z.string().nullable(),
  address: address.nullable().describe("Null: it is picked up, or nothing is sent."),
  cartItems: z.array(soldLine),
  subTotal: amount,
  discounts: amount,
  total: amount,
  expiresAt: instant,
  isProcessed: z.boolean().describe("Whether its order exists."),
  status: z.enum(orderSessionStatuses),
  id,
  token: z.string(),
  currency: z.string(),
  subTotalMinor: amountMinor,
  discountsMinor: amountMinor,
  discountCode: z.string().nullable(),
  shipping: soldShipping.nullable(),
  shippingMinor: amountMinor.describe("The delivery, its tax in it."),
  taxMinor: amountMinor.describe("All tax; it is within the total."),
  totalMinor: amountMinor,
};

/** What a cart becomes with the click on "pay": frozen, with its stock kept until `expiresAt`. */
export const orderAnswer = z.object({ ...session, checkoutUrl: z.url(), reference: z.string() });
export type OrderAnswer = z.infer<typeof orderAnswer>;

/** What the order's page shows. */
export const orderSessionState = z.object({
  ...session,
  /** The engine's own words for it: `paid` and `confirmed` are processed, `failed` is expired. */
  checkoutStatus: z.enum(checkoutStatuses),
  paymentStatus: z.enum(checkoutPaymentStatuses),
  shop: z.string().describe("The merchant's slug."),
  shopName: z.string(),
  timezone: z.string(),
  locale: z.string(),
  cartId: id,
  customerName: z.string(),
  customerEmail: z.string(),
  note: z.string().nullable(),
  order: order.nullable().describe("Null until it is paid."),
  /** The merchant's page, with `status=ok&ref=`. Null until paid, and if the merchant has none. */
  returnUrl: z.string().nullable(),
  returnSeconds: z.int().min(0).max(30),
  declineReason: z.enum(declineReasons).nullable().describe("Why the last try was declined, if the provider says."),
  /** The end is over, and the provider has not told whether money was paid. */
  isAwaitingAnswer: z.boolean(),
  /** Unpaid, and its stock waits until then at the latest. Else null. */
  stockKeptUntil: instant.nullable(),
  /** Set if money must go back, or went back. Of several, one that is still under way. */
  refund: z
    .object({
      reason: z.enum(refundReasons),
      state: z.enum(refundStates),
      amountMinor,
      currency: z.string(),
      /** What a customer says on the telephone. It opens nothing. */
      number: z.string(),
    })
    .nullable(),
  /** Of what could not be had after all: how many of each line are left to choose. Else empty. */
  left: z.array(z.object({ variantId: id, available: z.int().min(0).nullable() })),
});
export type OrderSessionState = z.infer<typeof orderSessionState>;
