import { sql } from "kysely";
import type { CartLine } from "#contracts/shop/cart.ts";
import { codeFrom } from "#domain/shop/discounts.ts";
import type { StoredDiscount, StoredLine } from "#domain/shop/priced-cart.ts";
import type { Tx } from "#platform/db.ts";

/** Every text of a line, and what it costs and weighs now. */
export type ShownLine = StoredLine & Pick<CartLine, "productTitle" | "variantTitle" | "translations" | "sku" | "imageUrl">;
export type CartHead = {
  id: string;
  tenantId: string;
  shop: string;
  currency: string;
  userId: string | null;
  discountCode: string | null;
  /** Its newest order session, which may have vanished. */
  checkoutId: string | null;
  paying: { id: string; token: string; expiresAt: Date } | null;
  order: { id: string; token: string } | null;
  /** Of this moment, by which it is checked out. */
  terms: ShopTerms;
};
export type ShopTerms = { isOpen: boolean; holdMinutes: number; linesMax: number; answerWaitMinutes: number };
export type CartDiscountRow = StoredDiscount & { id: string; code: string };
export type StoredCart = { head: CartHead; lines: ShownLine[]; discount: CartDiscountRow | null | undefined };

/** Returns null if there is none. */
export async function readStoredCart(tx: Tx, cartId: string): Promise<StoredCart | null> {
  const { rows } = await sql<StoredRow>`select * from stored_cart(${cartId})`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const head = headOf(row);
  return {
    head,
    lines: row.lines,
    discount: head.discountCode === null ? undefined : await readDiscount(tx, head.discountCode, head.checkoutId),
  };
}

type StoredRow = {
  id: string;
  tenant_id: string;
  shop: string;
  currency: string;
  user_id: string | null;
  discount_code: string | null;
  checkout_id: string | null;
  token: string | null;
  ends_at: Date | null;
  is_paying: boolean;
  is_order: boolean;
  is_open: boolean;
  hold_minutes: number;
  lines_max: number;
  answer_wait_minutes: number;
  lines: ShownLine[];
};

function headOf(row: StoredRow): CartHead {
  const { checkout_id: checkoutId, token, ends_at: expiresAt } = row;
  const own = checkoutId !== null && token !== null && expiresAt !== null ? { id: checkoutId, token, expiresAt } : null;
  return {
    id: row.id,
    tenantId: row.tenant_id,
    shop: row.shop,
    currency: row.currency,
    userId: row.user_id,
    discountCode: row.discount_code,
    checkoutId,
    paying: row.is_paying ? own : null,
    order: own && row.is_order ? { id: own.id, token: own.token } : null,
    terms: { isOpen: row.is_open, holdMinutes: row.hold_minutes, linesMax: row.lines_max, answerWaitMinutes: row.answer_wait_minutes },
  };
}

/** Of a cart that changes or is checked out: whoever else wants to do so waits. */
export async function lockCart(tx: Tx, cartId: string): Promise<boolean> {
  return (await tx.selectFrom("cart").select("id").where("id", "=", cartId).forUpdate().executeTakeFirst()) !== undefined;
}

/** The id of no checkout. */
const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * What a customer wrote. Returns null if there is no such code. The claim of `own` does not count,
 * nor what each customer may use: only the checkout knows who that is.
 */
export async function readDiscount(tx: Tx, given: string, own: string | null): Promise<CartDiscountRow | null> {
  const { rows } = await sql<CartDiscountRow>`
    select d.id, d.code, d.percent::float8 as percent, d.amount_minor as "amountMinor", d.currency, d.starts_at as "startsAt",
      d.ends_at as "endsAt", d.minimum_minor as "minimumMinor", d.product_ids as "productIds", d.is_active as "isActive",
      is_discount_used_up(d.tenant_id, d.id, null, coalesce(${own}::uuid, ${nobody}::uuid)) as "isUsedUp"
    from discount d
    where d.tenant_id = current_tenant() and d.code = ${codeFrom(given)} and d.deleted_at is null`.execute(tx);
  return rows[0] ?? null;
}
