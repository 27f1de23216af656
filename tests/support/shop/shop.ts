import { randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { type Clinic, type ClinicSettings, openClinic } from "../clinic.ts";
import { everyTestedProvider } from "../payers/tested-provider.ts";
import type { Place } from "../world.ts";

export type VariantWish = { title?: string; priceMinor?: number; onHand?: number | null; weightGrams?: number };
export type ProductWish = {
  title?: string;
  description?: string;
  category?: string | null;
  taxPercent?: number;
  taxIncluded?: boolean;
  isDigital?: boolean;
  perOrderMax?: number | null;
  translations?: Record<string, { title: string; description: string }>;
  variants?: VariantWish[];
};
export type DiscountWish = {
  code: string;
  percent?: number;
  amountMinor?: number;
  startsIn?: string;
  endsIn?: string;
  usesMax?: number;
  usesPerCustomerMax?: number;
  minimumMinor?: number;
  productIds?: string[];
};
export type ShippingWish = {
  kind?: "flat" | "by_weight" | "pickup";
  name?: string;
  priceMinor?: number;
  weightSteps?: { upToGrams: number; priceMinor: number }[];
  freeFromMinor?: number;
  taxPercent?: number;
  taxIncluded?: boolean;
};
/** A merchant as every test has one, with a shop. */
export type Shop = Clinic & { slug: string };
export type Product = { id: string; variantIds: [string, ...string[]] };

type World = Place;

export async function openShop(world: World, settings: ClinicSettings & { isOpen?: boolean; linesMax?: number } = {}): Promise<Shop> {
  const { isOpen = true, linesMax = 50, ...clinicSettings } = settings;
  const clinic = await openClinic(world, clinicSettings);
  await world.owner.query(
    `insert into shop (tenant_id, is_open, lines_max, hold_minutes, seller_name, seller_address)
     values ($1, $2, $3, $4, 'Tienda S.A.S.', 'Calle 1 # 2-3, Bogotá')`,
    [clinic.tenantId, isOpen, linesMax, settings.holdMinutes ?? 10],
  );
  return { ...clinic, slug: clinic.link };
}

export async function addProduct(world: World, shop: Clinic, wish: ProductWish = {}): Promise<Product> {
  const { tenantId } = shop;
  const id = randomUUID();
  const { title = "Taza", description = "De cerámica.", category = null, taxPercent = 0, taxIncluded = true } = wish;
  await world.owner.query(
    `insert into product (tenant_id, id, title, description, category, tax_percent, tax_included, is_digital, per_order_max, translations, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (select count(*) from product where tenant_id = $1))`,
    [
      tenantId,
      id,
      title,
      description,
      category,
      taxPercent,
      taxIncluded,
      wish.isDigital ?? false,
      wish.perOrderMax ?? null,
      wish.translations ?? {},
    ],
  );
  const variants = wish.variants ?? [{}];
  const ids: string[] = [];
  for (const [position, { title: name = "", priceMinor = 2_000_000, onHand = 10, weightGrams = 0 }] of variants.entries()) {
    const variantId = randomUUID();
    await world.owner.query(
      `with made as (
         insert into variant (tenant_id, id, product_id, title, price_minor, currency, on_hand, weight_grams, position)
         values ($1, $2, $3, $4, $5, 'COP', $6::int, $7, $8) returning on_hand
       )
       insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, actor)
       select $1, $2, on_hand, on_hand, 'initial', 'system' from made where on_hand > 0`,
      [tenantId, variantId, id, name, priceMinor, onHand, weightGrams, position],
    );
    ids.push(variantId);
  }
  const [first = "", ...others] = ids;
  return { id, variantIds: [first, ...others] };
}

export async function addDiscount(world: World, shop: Clinic, wish: DiscountWish): Promise<string> {
  const id = randomUUID();
  await world.owner.query(
    `insert into discount (tenant_id, id, code, percent, amount_minor, currency, starts_at, ends_at, uses_max, uses_per_customer_max, minimum_minor, product_ids)
     values ($1, $2, $3, $4, $5, 'COP', now() + $6::interval, now() + $7::interval, $8, $9, $10, $11)`,
    [
      ...[shop.tenantId, id, wish.code, wish.percent ?? null, wish.amountMinor ?? null, wish.startsIn ?? null, wish.endsIn ?? null],
      ...[wish.usesMax ?? null, wish.usesPerCustomerMax ?? null, wish.minimumMinor ?? null, wish.productIds ?? null],
    ],
  );
  return id;
}

export async function addShipping(world: World, shop: Clinic, wish: ShippingWish = {}): Promise<string> {
  const id = randomUUID();
  const { kind = "flat", name = "Envío", priceMinor = 0, weightSteps = [], taxPercent = 0, taxIncluded = true } = wish;
  const locationId = kind === "pickup" ? await addLocation(world, shop) : null;
  await world.owner.query(
    `insert into shipping_option (tenant_id, id, kind, name, price_minor, currency, weight_steps, free_from_minor, tax_percent, tax_included, location_id, days_min, days_max)
     values ($1, $2, $3, $4, $5, 'COP', $6, $7, $8, $9, $10, 2, 5)`,
    [
      shop.tenantId,
      id,
      kind,
      name,
      priceMinor,
      JSON.stringify(weightSteps),
      wish.freeFromMinor ?? null,
      taxPercent,
      taxIncluded,
      locationId,
    ],
  );
  return id;
}

async function addLocation(world: World, shop: Clinic): Promise<string> {
  const id = randomUUID();
  await world.owner.query(
    "insert into location (tenant_id, id, name, address, directions) values ($1, $2, 'Tienda del centro', 'Carrera 7 # 12-34, Bogotá', '')",
    [shop.tenantId, id],
  );
  return id;
}

/** An account at another provider than the one under test. */
export async function addProvider(world: World, shop: Clinic) {
  const other = everyTestedProvider.find(({ id }) => id !== shop.provider.id);
  if (!other) throw new Error("the tests know one provider only");
  const id = randomUUID();
  const payer = other.payer(world.simulatorsUrl);
  const { credentials } = await payer.openAccount(`${world.appUrl}/api/webhooks/${other.id}/${id}`);
  const connection = newConnection.parse({ id, kind: "payment", provider: other.id, credentials });
  await createConnection({ caller: system, input: { ...connection, tenantId: shop.tenantId } });
  return { id: other.id, payer };
}

/** How many are there, and how many somebody is paying for. */
export async function stockOf(world: World, variantId: string) {
  const { rows } = await world.owner.query<{ onHand: number | null; claims: string | null }>(
    `select on_hand as "onHand", (select string_agg(c.state || ' ' || c.quantity, ', ' order by c.created_at, c.checkout_id)
       from stock_claim c where c.variant_id = v.id) as claims from variant v where id = $1`,
    [variantId],
  );
  return rows[0] ?? null;
}
