import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { DiscountChanges } from "#contracts/shop-desk/discounts.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { discountColumns, requireSound } from "./discount-columns.ts";
import { requireFreeCode } from "./require-free-code.ts";

type Update = {
  caller: Caller;
  input: { tenantId: string; discountId: string; changes: DiscountChanges; seenVersion?: number | undefined };
};

/**
 * Whoever is paying keeps what they were shown. Refuses: tenant_unknown, discount_unknown,
 * discount_taken, product_unknown, changed_meanwhile, invalid_request.
 */
export async function updateDiscount({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, discountId: id, changes, seenVersion } = input;
  return changeCatalog({ caller, tenantId, kind: "discount.updated", ids: { discountId: id } }, async (tx, note) => {
    if (changes.code) await requireFreeCode(tx, { tenantId, id, code: changes.code });
    const columns = await discountColumns(tx, tenantId, changes);
    const { rows } = await sql<Parameters<typeof requireSound>[0]>`
      select percent, amount_minor, starts_at, ends_at, uses_max, used from discount
      where tenant_id = ${tenantId} and id = ${id} and deleted_at is null for no key update`.execute(tx);
    const [before] = rows;
    if (before) requireSound({ ...before, ...withoutUndefined(columns) });
    const currency = typeof changes.amountMinor === "number" && sql<string>`(select currency from tenant where tenant_id = ${tenantId})`;
    note(await changeRow(tx, { table: "discount", tenantId, id, set: { ...columns, ...(currency && { currency }) }, seenVersion }));
    return { id };
  });
}

function withoutUndefined<T extends object>(row: T) {
  const kept = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
