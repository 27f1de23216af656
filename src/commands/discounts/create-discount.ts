import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { NewDiscount } from "#contracts/shop-desk/discounts.ts";
import { discountsMax } from "#contracts/shop-desk/limits.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { discountColumns, requireSound } from "./discount-columns.ts";
import { requireFreeCode } from "./require-free-code.ts";

type Create = { caller: Caller; input: NewDiscount & { tenantId: string } };

/**
 * Refuses: tenant_unknown, id_taken, discount_taken, product_unknown, limit_reached,
 * invalid_request.
 */
export async function createDiscount({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), code } = input;
  return changeCatalog({ caller, tenantId, kind: "discount.created", ids: { discountId: id } }, async (tx, note) => {
    await requireFreeCode(tx, { tenantId, id, code });
    await requireRoom(tx, tenantId);
    const columns = await discountColumns(tx, tenantId, input);
    const { percent = null, amount_minor = null, starts_at = null, ends_at = null, uses_max = null } = columns;
    requireSound({ percent, amount_minor, starts_at, ends_at, uses_max, used: 0 });
    const currency = sql<string>`(select currency from tenant where tenant_id = ${tenantId})`;
    const made = await tx
      .insertInto("discount")
      .values({ ...columns, tenant_id: tenantId, id, code, currency })
      .onConflict((conflict) => conflict.columns(["tenant_id", "id"]).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) throw new Refusal("id_taken");
    note(changesBetween(null, made));
    return { id };
  });
}

async function requireRoom(tx: Tx, tenantId: string): Promise<void> {
  const { count } = await tx
    .selectFrom("discount")
    .select(sql<number>`count(*)::int`.as("count"))
    .where("tenant_id", "=", tenantId)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  if (count >= discountsMax) throw new Refusal("limit_reached", `At most ${discountsMax} codes.`);
}
