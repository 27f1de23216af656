import { Refusal } from "#contracts/problem.ts";
import type { DiscountChanges } from "#contracts/shop-desk/discounts.ts";
import { daysAsSpan } from "#domain/slots.ts";
import type { Tx } from "#platform/db.ts";

/**
 * Undefined fields stay as they are. Of percentage and sum, one ends the other. Refuses:
 * product_unknown.
 */
export async function discountColumns(tx: Tx, tenantId: string, given: DiscountChanges) {
  if (given.productIds) await requireProducts(tx, tenantId, given.productIds);
  return {
    code: given.code,
    percent: typeof given.amountMinor === "number" ? null : given.percent,
    amount_minor: typeof given.percent === "number" ? null : given.amountMinor,
    starts_at: await momentOf(tx, given.startsAt, "start"),
    ends_at: await momentOf(tx, given.endsAt, "end"),
    uses_max: given.usesMax,
    uses_per_customer_max: given.usesPerCustomerMax,
    minimum_minor: given.minimumMinor,
    product_ids: given.productIds && [...new Set(given.productIds)],
    is_active: given.isActive,
  };
}

/** A date is that day where the merchant is. */
async function momentOf(tx: Tx, given: string | null | undefined, side: "start" | "end"): Promise<Date | null | undefined> {
  if (given === null || given === undefined) return given;
  if (given.includes("T")) return new Date(given);
  const { timezone } = await tx.selectFrom("tenant").select("timezone").executeTakeFirstOrThrow();
  return new Date(daysAsSpan(given, given, timezone)[side]);
}

async function requireProducts(tx: Tx, tenantId: string, productIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(productIds)];
  const found = await tx.selectFrom("product").select("id").where("tenant_id", "=", tenantId).where("id", "in", wanted).execute();
  if (found.length < wanted.length) throw new Refusal("product_unknown");
}

type Row = {
  percent: unknown;
  amount_minor: unknown;
  starts_at: Date | null;
  ends_at: Date | null;
  uses_max: number | null;
  used: number;
};

/** What the fields must be together. Refuses: invalid_request, naming the field. */
export function requireSound({ percent, amount_minor, starts_at, ends_at, uses_max, used }: Row): void {
  const refuse = (path: string, message: string) => new Refusal("invalid_request", undefined, [{ path, message }]);
  if ((percent === null) === (amount_minor === null)) throw refuse("percent", "either a percentage or a sum");
  if (starts_at && ends_at && ends_at <= starts_at) throw refuse("endsAt", "ends before it begins");
  if (uses_max !== null && uses_max < used) throw refuse("usesMax", `it was used ${used} times already`);
}
