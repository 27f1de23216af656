import type { Discount } from "#contracts/shop-desk/discounts.ts";
import type { Product } from "#contracts/shop-desk/products.ts";
import type { ProductsImportAnswer } from "#contracts/shop-desk/products-import.ts";
import type { ShopSettings } from "#contracts/shop-desk/settings.ts";
import type { ShippingOption } from "#contracts/shop-desk/shipping.ts";
import type { StockChange } from "#contracts/shop-desk/stock.ts";

const at = "2026-11-20T15:00:00.000Z";
export const productId = "01900000-0000-7000-8000-000000000101";
export const variantId = "01900000-0000-7000-8000-000000001010";

export const productExample: Product = {
  id: productId,
  title: "Banda elástica de resistencia",
  description: "Látex natural de 150 cm para los ejercicios de tu plan.",
  category: "Rehabilitación",
  imageUrls: ["/demo/shop/banda.svg"],
  taxPercent: 19,
  taxIncluded: true,
  isDigital: false,
  perOrderMax: 5,
  translations: { en: { title: "Resistance band", description: "Natural latex, 150 cm, for the exercises of your plan." } },
  isActive: true,
  variants: [
    {
      ...{ id: variantId, title: "Suave", sku: "BAN-S", priceMinor: 3_200_000, currency: "COP", weightGrams: 120 },
      ...{ onHand: 24, reserved: 1, lowStockAt: 5, isLow: false },
    },
  ],
  onHand: 24,
  isLow: false,
  archivedAt: null,
  version: 1,
  createdAt: at,
  updatedAt: at,
};

export const stockChangeExample: StockChange = {
  id: "01900000-0000-7000-8000-000000000071",
  at,
  variantId,
  variantTitle: "Suave",
  quantity: 24,
  onHand: 24,
  reason: "received",
  note: "Pedido 118 del proveedor",
  orderId: null,
  actor: { kind: "member", id: "01900000-0000-7000-8000-000000000081", name: "Mariana Ospina" },
};

export const discountExample: Discount = {
  id: "01900000-0000-7000-8000-000000000121",
  code: "BIENVENIDA10",
  percent: 10,
  amountMinor: null,
  currency: "COP",
  startsAt: null,
  endsAt: "2027-01-01T04:59:59.999Z",
  usesMax: 100,
  usesPerCustomerMax: 1,
  minimumMinor: 5_000_000,
  productIds: null,
  isActive: true,
  used: 12,
  reserved: 1,
  state: "open",
  archivedAt: null,
  version: 1,
  createdAt: at,
};

export const shippingExample: ShippingOption = {
  id: "01900000-0000-7000-8000-000000000132",
  kind: "by_weight",
  name: "Envío nacional",
  priceMinor: 0,
  currency: "COP",
  weightSteps: [
    { upToGrams: 1000, priceMinor: 1_200_000 },
    { upToGrams: 5000, priceMinor: 2_100_000 },
  ],
  freeFromMinor: 20_000_000,
  taxPercent: 0,
  taxIncluded: true,
  daysMin: 2,
  daysMax: 5,
  locationId: null,
  locationName: null,
  translations: { en: { name: "Delivery in Colombia" } },
  isActive: true,
  archivedAt: null,
  version: 1,
};

export const shopExample: ShopSettings = {
  isOpen: true,
  holdMinutes: 15,
  linesMax: 50,
  sellerName: "Clínica Aurora S.A.S.",
  sellerTaxId: "NIT 900.123.456-7",
  sellerAddress: "Calle 63 # 9-42, Bogotá",
  returnsText: "Tienes 5 días hábiles desde que recibes el pedido para devolverlo sin usar.",
  address: "https://citas.example/shop/aurora",
  version: 3,
};

export const productsImportExample: ProductsImportAnswer = {
  rows: [
    {
      ...{ line: 2, product: "Banda elástica", variant: "Suave", priceMinor: 3_200_000, currency: "COP", onHand: 24 },
      fate: "new",
    },
  ],
  counts: { new: 1, known: 0 },
  products: 1,
  problems: [],
  problemsCount: 0,
  created: 0,
};
