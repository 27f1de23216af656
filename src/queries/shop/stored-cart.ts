import { sql } from "kysely";
import type { CartLine } from "#contracts/shop/cart.ts";
import { codeFrom } from "#domain/shop/discounts.ts";
import type { StoredDiscount, StoredLine } from "#domain/shop/priced-cart.ts";
import type { Tx } from "#platform/db.ts";
import { freeStock } from "./free-stock.ts";

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
  const head = await readHead(tx, cartId);
  if (!head) return null;
  const lines = await readLines(tx, head);
  return { head, lines, discount: head.discountCode === null ? undefined : await readDiscount(tx, head.discountCode, head.checkoutId) };
}

/** Of a cart that changes or is checked out: whoever else wants to do so waits. */
export async function lockCart(tx: Tx, cartId: string): Promise<boolean> {
  return (await tx.selectFrom("cart").select("id").where("id", "=", cartId).forUpdate().executeTakeFirst()) !== undefined;
}

async function readHead(tx: Tx, cartId: string): Promise<CartHead | null> {
  type Row = Omit<CartHead, "paying" | "order" | "terms"> &
    ShopTerms & { kToken: string; endsAt: Date; isPaying: boolean; isOrder: boolean };
  const { rows } = await sql<Row>`
    select c.id, c.tenant_id as "tenantId", t.slug as shop, c.currency, c.user_id as "userId", c.discount_code as "discountCode",
      c.checkout_id as "checkoutId", k.token as "kToken", k.ends_at as "endsAt",
      coalesce(k.status = 'pending' and k.ends_at > now(), false) as "isPaying", o.id is not null as "isOrder",
      s.is_open as "isOpen", s.hold_minutes as "holdMinutes", s.lines_max as "linesMax", t.answer_wait_minutes as "answerWaitMinutes"
    from cart c
      join shop s on s.tenant_id = c.tenant_id
      join tenant t on t.tenant_id = c.tenant_id
      left join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      left join shop_order o on o.tenant_id = c.tenant_id and o.id = c.checkout_id
    where c.tenant_id = current_tenant() and c.id = ${cartId}`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const { kToken: token, endsAt: expiresAt, isPaying, isOrder, isOpen, holdMinutes, linesMax, answerWaitMinutes, ...head } = row;
  const terms = { isOpen, holdMinutes, linesMax, answerWaitMinutes };
  const id = head.checkoutId;
  return { ...head, terms, paying: id && isPaying ? { id, token, expiresAt } : null, order: id && isOrder ? { id, token } : null };
}

const linesMax = 100;

async function readLines(tx: Tx, { id, currency, checkoutId }: CartHead): Promise<ShownLine[]> {
  const { rows } = await sql<ShownLine>`
    select l.variant_id as "variantId", p.id as "productId", p.title as "productTitle", v.title as "variantTitle",
      p.translations, v.sku, p.images[1] as "imageUrl", p.is_digital as "isDigital", l.quantity,
      l.seen_price_minor as "seenPriceMinor", v.price_minor as "unitPriceMinor", p.tax_percent::float8 as "taxPercent",
      p.tax_included as "taxIncluded", v.weight_grams as "weightGrams", p.per_order_max as "perOrderMax",
      ${freeStock(checkoutId)} as free,
      p.is_active and p.deleted_at is null and v.deleted_at is null and v.currency = ${currency} as "isSold"
    from cart_line l
      join variant v on v.tenant_id = l.tenant_id and v.id = l.variant_id
      join product p on p.tenant_id = v.tenant_id and p.id = v.product_id
    where l.tenant_id = current_tenant() and l.cart_id = ${id}
    order by l.added_at, l.variant_id
    limit ${linesMax}`.execute(tx);
  return rows;
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
