import { type RawBuilder, sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { productsPerPage } from "#contracts/shop/limits.ts";
import type { StoreProduct, StoreProductPage, StoreProducts, StoreProductsQuery } from "#contracts/shop/store-product.ts";
import { availabilityOf } from "#domain/shop/limits.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { freeStock } from "./free-stock.ts";
import { flatDeliveryFrom, readShippingOptions } from "./shipping.ts";
import { loadShopFront } from "./shop-front.ts";

type VariantRow = { id: string; title: string; sku: string | null; priceMinor: number; free: number | null };
type ProductRow = Omit<StoreProduct, "stock" | "variants"> & { variants: VariantRow[]; place: string };

/** What a shop sells, a page at a time, in the merchant's order. Refuses: not_found. */
export async function loadStoreProducts({ shop: slug, category, q, cursor }: StoreProductsQuery): Promise<StoreProducts> {
  const { tenant, shop, categories } = await loadShopFront(slug);
  const after = readCursor(cursor);
  if (cursor !== undefined && after === null) throw new Refusal("not_found");
  const wanted = [
    ...(category === undefined ? [] : [sql`p.category = ${category}`]),
    ...wordsOf(q).map((word) => sql`position(${word} in searchable(${words})) > 0`),
    ...(after === null ? [] : [sql`(p.position, p.id) > (${after.position}::int, ${after.id}::uuid)`]),
  ];
  const rows = await inTenant(tenant.id, (tx) => readProducts(tx, { currency: shop.currency, wanted, limit: productsPerPage + 1 }));
  const page = rows.slice(0, productsPerPage);
  const next = rows.length > productsPerPage ? (page.at(-1)?.place ?? null) : null;
  return { shop, categories, products: page.map(productOf), next };
}

/** Refuses: not_found for the shop, product_unknown. */
export async function loadStoreProduct({ shop: slug, productId }: { shop: string; productId: string }): Promise<StoreProductPage> {
  const { tenant, shop } = await loadShopFront(slug);
  const wanted = [sql`p.id = ${productId}`];
  const { currency } = shop;
  return inTenant(tenant.id, async (tx) => {
    const [row] = await readProducts(tx, { currency, wanted, limit: 1 });
    if (!row) throw new Refusal("product_unknown");
    const goodsMinor = Math.min(...row.variants.map(({ priceMinor }) => priceMinor));
    const deliveryFromMinor = row.isDigital ? null : flatDeliveryFrom(await readShippingOptions(tx, currency), { goodsMinor, currency });
    return { shop, product: productOf(row), deliveryFromMinor };
  });
}

/** Title, description and category, in all languages. */
const words = sql`p.title || ' ' || p.description || ' ' || coalesce(p.category, '') || ' ' || p.translations::text`;
const wordsMax = 8;

/** As the database's own `searchable` writes them. */
function wordsOf(q: string | undefined): string[] {
  const plain = (q ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036F]/g, "")
    .toLowerCase();
  return plain
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, wordsMax);
}

type Wanted = { currency: string; wanted: RawBuilder<unknown>[]; limit: number };

async function readProducts(tx: Tx, { currency, wanted, limit }: Wanted): Promise<ProductRow[]> {
  const conditions = [sql`p.tenant_id = current_tenant()`, sql`p.deleted_at is null`, sql`p.is_active`, ...wanted];
  const { rows } = await sql<ProductRow>`
    select p.id, p.title, p.description, p.translations, p.category, p.images, ${currency} as currency,
      p.tax_percent::float8 as "taxPercent", p.tax_included as "taxIncluded", p.is_digital as "isDigital",
      p.per_order_max as "perOrderMax", v.variants, p.position || '_' || p.id as place
    from product p
      cross join lateral (
        select json_agg(json_build_object(
          'id', v.id, 'title', v.title, 'sku', v.sku, 'priceMinor', v.price_minor, 'free', ${freeStock()}
        ) order by v.position, v.id) as variants
        from variant v
        where v.tenant_id = p.tenant_id and v.product_id = p.id and v.deleted_at is null and v.currency = ${currency}
      ) v
    where ${sql.join(conditions, sql` and `)} and v.variants is not null
    order by p.position, p.id
    limit ${limit}`.execute(tx);
  return rows;
}

function productOf({ place: _, variants, ...product }: ProductRow): StoreProduct {
  const frees = variants.map(({ free }) => (free === null ? null : Math.max(0, free)));
  const all = frees.includes(null) ? null : frees.reduce<number>((total, free) => total + (free ?? 0), 0);
  return {
    ...product,
    stock: availabilityOf(all),
    variants: variants.map(({ free, ...variant }) => ({ ...variant, stock: availabilityOf(free) })),
  };
}

const cursorShape = /^(-?\d{1,9})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined): { position: string; id: string } | null {
  const [, position, id] = cursorShape.exec(cursor ?? "") ?? [];
  return position !== undefined && id !== undefined ? { position, id } : null;
}
