import type { z } from "zod";
import type { Cart, CartQuote, lineChange, NewCart } from "../../shop/cart.ts";
import type { Order } from "../../shop/order.ts";
import type { OrderAnswer, OrderSessionState, orderPaymentRequest, orderRequest, SoldLine } from "../../shop/order-session.ts";
import type { ShopFront, StoreProduct, StoreProductPage, StoreProducts } from "../../shop/store-product.ts";

/** One customer's walk through a small shop in Bogotá. */
export const shopExample = "aurora";
export const productIdExample = "01900000-0000-7000-8000-000000000101";
export const variantIdExample = "01900000-0000-7000-8000-000000000111";
export const cartIdExample = "3f0c7d52-6a1e-4b8f-9c2d-5e7a1b4c8d90";
export const orderIdExample = "0199c0de-0000-7000-8000-000000000104";
const shippingId = "01900000-0000-7000-8000-000000000121";
const connectionId = "01900000-0000-7000-8000-000000000003";
const expiresAt = "2026-11-21T15:15:00.000Z";
const token = "q7Wm0s3vYp1Zc5Xb8Nd2Lf4Kj6Hg9TrE";
const currency = "COP";

const shop: ShopFront = {
  slug: shopExample,
  name: "Clínica Aurora",
  logoUrl: null,
  primaryColor: "#0F766E",
  secondaryColor: "#F59E0B",
  locale: "es",
  timezone: "America/Bogota",
  country: "CO",
  currency,
  isOpen: true,
  holdMinutes: 15,
  seller: { name: "Clínica Aurora S.A.S.", taxId: "900.123.456-7", address: "Calle 63 # 9-42, Bogotá" },
  returnsText: "Recibimos devoluciones en los cinco días hábiles siguientes a la entrega.",
};

const product: StoreProduct = {
  id: productIdExample,
  title: "Banda elástica",
  description: "Para los ejercicios en casa.",
  translations: { en: { title: "Exercise band", description: "For your exercises at home." } },
  category: "Fisioterapia",
  images: ["/demo/band.svg"],
  currency,
  taxPercent: 19,
  taxIncluded: true,
  isDigital: false,
  perOrderMax: null,
  stock: { state: "few_left", left: 4 },
  variants: [{ id: variantIdExample, title: "Suave", sku: "BANDA-S", priceMinor: 4_500_000, stock: { state: "few_left", left: 4 } }],
};

export const storeProductsExample: StoreProducts = { shop, categories: ["Fisioterapia"], products: [product], next: null };
export const storeProductExample: StoreProductPage = { shop, product, deliveryFromMinor: 900_000 };

export const newCartExample: NewCart = { shop: shopExample };
export const lineChangeExample: z.input<typeof lineChange> = { quantity: 2 };
export const codeExample = { code: "verano10" };

const bought = {
  variantId: variantIdExample,
  sku: "BANDA-S",
  imageUrl: "/demo/band.svg",
  isDigital: false,
  quantity: 2,
  unitPriceMinor: 4_500_000,
};
const money = { discountMinor: 900_000, taxPercent: 19, taxIncluded: true, taxMinor: 1_293_277, totalMinor: 8_100_000 };

export const cartExample: Cart = {
  id: cartIdExample,
  shop: shopExample,
  userId: null,
  lines: [
    {
      ...bought,
      ...money,
      productId: productIdExample,
      productTitle: product.title,
      variantTitle: "Suave",
      translations: { en: { title: "Exercise band" } },
      quantityMax: 4,
      grossMinor: 9_000_000,
    },
  ],
  changes: [],
  discount: { code: "VERANO10", percent: 10, amountMinor: null, minimumMinor: null, problem: null },
  totals: {
    currency,
    subTotalMinor: 9_000_000,
    discountMinor: 900_000,
    taxAddedMinor: 0,
    shippingMinor: 0,
    taxMinor: 1_293_277,
    totalMinor: 8_100_000,
  },
  needsShipping: true,
  paying: null,
  order: null,
};

export const quoteExample: CartQuote = {
  cart: cartExample,
  shop,
  shippingOptions: [
    {
      id: shippingId,
      kind: "flat",
      name: "Envío nacional",
      translations: {},
      priceMinor: 1_200_000,
      problem: null,
      freeFromMinor: 20_000_000,
      daysMin: 2,
      daysMax: 5,
      place: null,
    },
  ],
  shipping: shippingId,
  totals: { ...cartExample.totals, shippingMinor: 1_200_000, totalMinor: 9_300_000 },
  payments: [
    { connection: connectionId, provider: "wompi", label: null, isTest: true, asksFor: [], minMinor: 150_000, maxMinor: null, currency },
  ],
};

const address = {
  firstName: "Ana María",
  lastName: "Pérez",
  address: "Carrera 7 # 71-21, apto 402",
  city: "Bogotá",
  region: "Cundinamarca",
  postalCode: "110231",
  country: "CO",
};
export const orderRequestExample: z.input<typeof orderRequest> = {
  customer: { name: "Ana María Pérez", email: "ana@example.com", phone: "+57 300 123 4567" },
  acceptedTerms: true,
  address: { ...address, phone: null },
  shipping: shippingId,
  connection: connectionId,
  locale: "es",
  seen: { totalMinor: 9_300_000, lines: [{ variantId: variantIdExample, quantity: 2, unitPriceMinor: 4_500_000 }] },
};
export const orderPaymentExample: z.input<typeof orderPaymentRequest> = { connection: connectionId };

const sold: SoldLine = { ...bought, ...money, title: product.title, variantTitle: "Suave", unitPrice: 45_000, total: 81_000 };

const session = {
  sessionToken: `session_${orderIdExample}_1763737200000`,
  userId: null,
  address: { ...address, phone: "+573001234567" },
  cartItems: [sold],
  subTotal: 90_000,
  discounts: 9000,
  total: 93_000,
  expiresAt,
  id: orderIdExample,
  token,
  currency,
  subTotalMinor: 9_000_000,
  discountsMinor: 900_000,
  discountCode: "VERANO10",
  shipping: { id: shippingId, kind: "flat", name: "Envío nacional", daysMin: 2, daysMax: 5, place: null, taxMinor: 191_597 },
  shippingMinor: 1_200_000,
  taxMinor: 1_484_874,
  totalMinor: 9_300_000,
} as const satisfies Partial<OrderAnswer>;

export const orderAnswerExample: OrderAnswer = {
  ...session,
  cartItems: [sold],
  isProcessed: false,
  status: "active",
  checkoutUrl: "https://checkout.wompi.co/p/?reference=KF-7M2Q9X4C1V8B3N6Z5D0FHE",
  reference: "KF-7M2Q9X4C1V8B3N6Z5D0FHE",
};

const order: Order = {
  id: orderIdExample,
  number: 1042,
  userId: null,
  total: 93_000,
  totalMinor: 9_300_000,
  currency,
  orderStatus: "paid",
  isPaid: true,
  transactionId: "1234-1763737500-51234",
  paidAt: "2026-11-21T15:05:00.000Z",
  packedAt: null,
  sentAt: null,
  deliveredAt: null,
  carrier: null,
  trackingNumber: null,
  trackingUrl: null,
};

export const orderStateExample: OrderSessionState = {
  ...session,
  cartItems: [sold],
  isProcessed: true,
  status: "processed",
  checkoutStatus: "confirmed",
  paymentStatus: "paid",
  shop: shopExample,
  shopName: shop.name,
  timezone: shop.timezone,
  locale: "es",
  cartId: cartIdExample,
  customerName: "Ana María Pérez",
  customerEmail: "ana@example.com",
  note: null,
  order,
  returnUrl: `https://clinica-aurora.example/gracias?status=ok&ref=${orderIdExample}`,
  returnSeconds: 3,
  declineReason: null,
  isAwaitingAnswer: false,
  stockKeptUntil: null,
  refund: null,
  left: [],
};
export const orderEventExample = `event: state\ndata: ${JSON.stringify(orderStateExample)}\n\n`;
