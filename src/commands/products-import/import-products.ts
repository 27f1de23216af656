import { sql } from "kysely";
import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { ProductImportProblem, ProductsImportAnswer, productImportFates } from "#contracts/shop-desk/products-import.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireRoom } from "../products/create-product.ts";
import { insertVariants } from "../products/insert-variants.ts";
import { checkRows, type WantedProduct } from "./check-rows.ts";
import { readProductsCsv } from "./read-products-csv.ts";

type Import = { caller: Caller; input: { tenantId: string; csv: string; isTrial: boolean } };
type Fated = { product: WantedProduct; fate: (typeof productImportFates)[number] };
type Merchant = { currency: string; taxPercent: number };

/** What a page can show; a file may have thousands. */
const rowsShownMax = 20;
const problemsShownMax = 100;

/**
 * Adds every product that is new, or none and says what is wrong with each line. One of a title
 * that is there already stays as it is. Refuses: tenant_unknown, limit_reached.
 */
export async function importProducts({ caller, input: { tenantId, csv, isTrial } }: Import): Promise<ProductsImportAnswer> {
  const { lines, problems } = readProductsCsv(csv);
  const merchant = await inTenant(tenantId, (tx) => readMerchant(tx));
  if (problems.length > 0) return answerWith({ merchant, problems });
  const checked = checkRows(lines, merchant);
  const look = (tx: Tx) => fatesOf(tx, { tenantId, wanted: checked.wanted });
  const found = await inTenant(tenantId, look);
  const wrong = [...checked.problems, ...found.problems];
  if (isTrial || wrong.length > 0 || added(found.fated).length === 0) return answerWith({ merchant, ...found, problems: wrong });
  try {
    return await write({ caller, tenantId, merchant, look });
  } catch (error) {
    if (error instanceof TakenMeanwhile) return answerWith({ merchant, problems: error.problems });
    throw error;
  }
}

/** Somebody took an SKU between the look and the writing. The transaction is rolled back. */
class TakenMeanwhile extends Error {
  readonly problems: ProductImportProblem[];
  constructor(problems: ProductImportProblem[]) {
    super("an SKU was taken meanwhile");
    this.problems = problems;
  }
}

async function readMerchant(tx: Tx): Promise<Merchant> {
  const tenant = await tx.selectFrom("tenant").select(["currency", "tax_percent"]).executeTakeFirst();
  if (!tenant) throw new Refusal("tenant_unknown");
  return { currency: tenant.currency, taxPercent: Number(tenant.tax_percent ?? 0) };
}

type Found = { fated: Fated[]; problems: ProductImportProblem[] };

async function fatesOf(tx: Tx, { tenantId, wanted }: { tenantId: string; wanted: readonly WantedProduct[] }): Promise<Found> {
  const titles = wanted.map(({ title }) => title.toLowerCase());
  const skus = wanted.flatMap(({ variants }) => variants.flatMap(({ sku }) => sku ?? []));
  const { rows } = await sql<{ title: string }>`
    select lower(title) as title from product
    where tenant_id = ${tenantId} and deleted_at is null and lower(title) = any (${titles})`.execute(tx);
  const known = new Set(rows.map(({ title }) => title));
  const fated = wanted.map((product): Fated => ({ product, fate: known.has(product.title.toLowerCase()) ? "known" : "new" }));
  const { rows: taken } = await sql<{ sku: string }>`
    select sku from variant where tenant_id = ${tenantId} and deleted_at is null and sku = any (${skus})`.execute(tx);
  const others = new Set(taken.map(({ sku }) => sku));
  const problems = added(fated).flatMap(({ variants }) =>
    variants.flatMap(({ line, sku }): ProductImportProblem[] =>
      sku !== null && others.has(sku) ? [{ line, column: "sku", value: sku, problem: "sku_taken" }] : [],
    ),
  );
  return { fated, problems };
}

const added = (fated: readonly Fated[]) => fated.flatMap(({ product, fate }) => (fate === "new" ? [product] : []));

type Writing = { caller: Caller; tenantId: string; merchant: Merchant; look(tx: Tx): Promise<Found> };

/** Looks again under the tenant's lock, by which all that make products or SKUs wait. */
async function write({ caller, tenantId, merchant, look }: Writing): Promise<ProductsImportAnswer> {
  const ids: Record<string, string> = { count: "0" };
  return changeCatalog({ caller, tenantId, kind: "products.imported", ids }, async (tx) => {
    await requireRoom(tx, tenantId, 0);
    const { fated, problems } = await look(tx);
    if (problems.length > 0) throw new TakenMeanwhile(problems);
    const products = added(fated).map((product) => ({ ...product, id: newId() }));
    await requireRoom(tx, tenantId, products.length);
    await insertProducts(tx, tenantId, products);
    const rows = products.flatMap(({ id: productId, variants }) =>
      variants.map(({ line: _, ...variant }, position) => ({ ...variant, id: newId(), productId, position })),
    );
    await insertVariants(tx, { tenantId, actor: actorOf(caller), rows });
    ids["count"] = String(products.length);
    return answerWith({ merchant, fated, created: products.length });
  });
}

async function insertProducts(tx: Tx, tenantId: string, products: readonly (WantedProduct & { id: string })[]): Promise<void> {
  const given = products.map(({ variants: _, ...product }, place) => ({ ...product, place }));
  await sql`
    insert into product (tenant_id, id, title, description, category, images, tax_percent, tax_included, is_digital, per_order_max,
      is_active, position)
    select ${tenantId}, id, title, description, category, array(select jsonb_array_elements_text("imageUrls")), "taxPercent", "taxIncluded",
      "isDigital", "perOrderMax", "isActive",
      place + (select coalesce(max(position) + 1, 0) from product where tenant_id = ${tenantId} and deleted_at is null)
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, title text, description text, category text, "imageUrls" jsonb,
      "taxPercent" numeric, "taxIncluded" boolean, "isDigital" boolean, "perOrderMax" int, "isActive" boolean, place int)`.execute(tx);
}

type Answering = { merchant: Merchant; fated?: readonly Fated[]; problems?: ProductImportProblem[]; created?: number };

function answerWith({ merchant: { currency }, fated = [], problems = [], created = 0 }: Answering): ProductsImportAnswer {
  const rows = fated.flatMap(({ product, fate }) =>
    product.variants.map(({ line, title: variant, priceMinor, onHand }) => ({
      ...{ line, product: product.title, variant, priceMinor, currency, onHand, fate },
    })),
  );
  const count = (wanted: Fated["fate"]) => rows.filter(({ fate }) => fate === wanted).length;
  return {
    rows: rows.toSorted((a, b) => a.line - b.line).slice(0, rowsShownMax),
    counts: { new: count("new"), known: count("known") },
    products: fated.filter(({ fate }) => fate === "new").length,
    problems: problems.toSorted((a, b) => a.line - b.line).slice(0, problemsShownMax),
    problemsCount: problems.length,
    created,
  };
}
