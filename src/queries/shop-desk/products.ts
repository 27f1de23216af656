import { type RawBuilder, sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { Product, ProductFilters, ProductsPage, ProductTranslations, Variant } from "#contracts/shop-desk/products.ts";
import { inTenant, type Tx } from "#platform/db.ts";

type Wish = { tenantId: string; filters: ProductFilters };
type Page = Wish & { cursor?: string | undefined; limit: number };

/** In the customers' order. Refuses: product_unknown (a cursor that is none). */
export async function listProducts({ tenantId, filters, cursor, limit }: Page): Promise<ProductsPage> {
  return inTenant(tenantId, async (tx) => {
    const after = cursor === undefined ? null : await placeOf(tx, cursor);
    const wanted = sql`${isWanted(tenantId, filters)} and (${after}::text is null or ${place} > ${after})`;
    const rows = await readProducts(tx, sql`${wanted} order by ${place} limit ${limit + 1}`);
    const products = rows.slice(0, limit).map(productOf);
    return { products, categories: await readCategories(tx), next: rows.length > limit ? (products.at(-1)?.id ?? null) : null };
  });
}

/** An archived one too. Refuses: product_unknown. */
export async function loadProduct({ tenantId, productId }: { tenantId: string; productId: string }): Promise<Product> {
  const [row] = await inTenant(tenantId, (tx) => readProducts(tx, sql`p.tenant_id = ${tenantId} and p.id = ${productId}`));
  if (!row) throw new Refusal("product_unknown");
  return productOf(row);
}

/** The product of a variant. Refuses: variant_unknown. */
export async function loadProductOf({ tenantId, variantId }: { tenantId: string; variantId: string }): Promise<Product> {
  const own = sql`p.tenant_id = ${tenantId} and p.id = (select product_id from variant where tenant_id = ${tenantId} and id = ${variantId})`;
  const [row] = await inTenant(tenantId, (tx) => readProducts(tx, own));
  if (!row) throw new Refusal("variant_unknown");
  return productOf(row);
}

/** How many are read at once for a file. */
const exportWindow = 200;

/** Yields all of them piece by piece. No transaction waits for a reader. */
export async function* allProducts(wish: Wish): AsyncGenerator<Product[], void, undefined> {
  let cursor: string | null = null;
  do {
    const page: ProductsPage = await listProducts({ ...wish, cursor: cursor ?? undefined, limit: exportWindow });
    yield page.products;
    cursor = page.next;
  } while (cursor !== null);
}

/** Of all products that are not archived. */
export async function loadCategories(tenantId: string): Promise<string[]> {
  return inTenant(tenantId, readCategories);
}

/** How many there are, and how many are low, for a page's first look. */
export async function countProducts(tenantId: string): Promise<{ current: number; low: number; archived: number }> {
  const { rows } = await inTenant(tenantId, (tx) =>
    sql<{ current: number; low: number; archived: number }>`
      select count(*) filter (where p.deleted_at is null)::int as current, count(*) filter (where p.deleted_at is not null)::int as archived,
        count(*) filter (where p.deleted_at is null and exists (${ofStock("low")}))::int as low
      from product p where p.tenant_id = ${tenantId}`.execute(tx),
  );
  return rows[0] ?? { current: 0, low: 0, archived: 0 };
}

/** One text that sorts as the list does: titles may be equal, ids are not. */
const place = sql<string>`(lpad(p.position::text, 6, '0') || ' ' || p.title || ' ' || p.id)`;

async function placeOf(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql<{ place: string }>`select ${place} as place from product p where p.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Refusal("product_unknown");
  return row.place;
}

const categoriesMax = 200;

async function readCategories(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`
    select distinct category from product where deleted_at is null and category is not null
    order by category limit ${categoriesMax}`.execute(tx);
  return rows.map(({ category }) => category);
}

/** One that is low is at its mark, or nothing is left of it. */
const isLow = sql`v.on_hand <= coalesce(v.low_stock_at, 0)`;
const ofStock = (stock: "low" | "out") => sql`
  select from variant v where v.tenant_id = p.tenant_id and v.product_id = p.id and v.deleted_at is null
    and ${stock === "low" ? isLow : sql`v.on_hand = 0`}`;

function isWanted(tenantId: string, { search, category, stock, state }: ProductFilters): RawBuilder<unknown> {
  const words = (search ?? "").split(/\s+/u).filter((word) => word !== "");
  const found = sql`searchable(p.title || ' ' || coalesce(p.category, '') || ' ' || (
    select coalesce(string_agg(v.title || ' ' || coalesce(v.sku, ''), ' '), '') from variant v
    where v.tenant_id = p.tenant_id and v.product_id = p.id and v.deleted_at is null))`;
  const parts = [
    sql`p.tenant_id = ${tenantId}`,
    state === "archived" ? sql`p.deleted_at is not null` : sql`p.deleted_at is null`,
    ...(category ? [sql`p.category = ${category}`] : []),
    ...(stock ? [sql`exists (${ofStock(stock)})`] : []),
    ...words.map((word) => sql`strpos(${found}, searchable(${word})) > 0`),
  ];
  return sql.join(parts, sql` and `);
}

type Row = {
  id: string;
  title: string;
  description: string;
  category: string | null;
  images: string[];
  tax_percent: string;
  tax_included: boolean;
  is_digital: boolean;
  per_order_max: number | null;
  translations: ProductTranslations;
  is_active: boolean;
  deleted_at: Date | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  variants: Variant[];
};

async function readProducts(tx: Tx, wanted: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select p.id, p.title, p.description, p.category, p.images, p.tax_percent, p.tax_included, p.is_digital, p.per_order_max,
      p.translations, p.is_active, p.deleted_at, p.version, p.created_at, p.updated_at, own.variants
    from product p
    cross join lateral (
      select coalesce(json_agg(json_build_object('id', v.id, 'title', v.title, 'sku', v.sku, 'priceMinor', v.price_minor,
        'currency', v.currency, 'weightGrams', v.weight_grams, 'onHand', v.on_hand, 'lowStockAt', v.low_stock_at,
        'isLow', coalesce(${isLow}, false), 'reserved', (
          select coalesce(sum(c.quantity), 0)::int from stock_claim c
          where c.tenant_id = v.tenant_id and c.variant_id = v.id and c.state = 'paying'
            and (c.expires_at > now() or approval_waits(c.tenant_id, c.checkout_id)))
        ) order by v.position, v.id), '[]') as variants
      from variant v where v.tenant_id = p.tenant_id and v.product_id = p.id and v.deleted_at is null
    ) own
    where ${wanted}`.execute(tx);
  return rows;
}

function productOf({ images, tax_percent, tax_included, is_digital, per_order_max, is_active, ...row }: Row): Product {
  const { deleted_at, created_at, updated_at, variants, ...rest } = row;
  return {
    ...rest,
    imageUrls: images,
    taxPercent: Number(tax_percent),
    taxIncluded: tax_included,
    isDigital: is_digital,
    perOrderMax: per_order_max,
    isActive: is_active,
    variants,
    onHand: variants.some(({ onHand }) => onHand === null) ? null : variants.reduce((sum, { onHand }) => sum + (onHand ?? 0), 0),
    isLow: variants.some((variant) => variant.isLow),
    archivedAt: deleted_at?.toISOString() ?? null,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
