import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { productsMax } from "#contracts/shop-desk/limits.ts";
import type { NewProduct } from "#contracts/shop-desk/products.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import type { Changes } from "../log-event.ts";
import { productColumns } from "./product-columns.ts";
import { writeVariants } from "./write-variants.ts";

type Create = { caller: Caller; input: NewProduct & { tenantId: string } };

/**
 * It stands behind all others. Refuses: tenant_unknown, id_taken, sku_taken, sku_archived,
 * limit_reached.
 */
export async function createProduct({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId() } = input;
  return changeCatalog({ caller, tenantId, kind: "product.created", ids: { productId: id } }, async (tx, note) => {
    await requireRoom(tx, tenantId, 1);
    note(await insertProduct(tx, { caller, product: { ...input, id } }));
    return { id };
  });
}

/** Under the tenant's lock. Refuses: limit_reached. */
export async function requireRoom(tx: Tx, tenantId: string, more: number): Promise<void> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const { count } = await tx
    .selectFrom("product")
    .select(sql<number>`count(*)::int`.as("count"))
    .where("tenant_id", "=", tenantId)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  if (count + more > productsMax) throw new Refusal("limit_reached", `At most ${productsMax} products.`);
}

type Insert = { caller: Caller; product: NewProduct & { tenantId: string; id: string } };

/** With its variants and what there is of them. Refuses: id_taken, sku_taken, sku_archived. */
export async function insertProduct(tx: Tx, { caller, product }: Insert): Promise<Changes> {
  const { tenantId, id, title } = product;
  const made = await tx
    .insertInto("product")
    .values({ ...productColumns(product), tenant_id: tenantId, id, title, position: behindAll(tenantId) })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!made) throw new Refusal("id_taken");
  const variants = await writeVariants(tx, { caller, tenantId, productId: id, isDigital: made.is_digital, given: product.variants });
  return { ...changesBetween(null, made), ...variants };
}

const behindAll = (tenantId: string) =>
  sql<number>`(select coalesce(max(position) + 1, 0) from product where tenant_id = ${tenantId} and deleted_at is null)`;
