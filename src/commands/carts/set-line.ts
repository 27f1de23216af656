import { sql } from "kysely";
import type { Customer } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Cart } from "#contracts/shop/cart.ts";
import { isBeyondSums } from "#domain/shop/limits.ts";
import { isOverLimit, type StoredLine } from "#domain/shop/priced-cart.ts";
import type { Tx } from "#platform/db.ts";
import { freeStock } from "#queries/shop/free-stock.ts";
import type { StoredCart } from "#queries/shop/stored-cart.ts";
import { askingIfStockTaken, StockTaken } from "../claims/take-stock.ts";
import { changeCart } from "./change-cart.ts";

type Setting = { caller: Customer; input: { cartId: string; variantId: string; quantity: number } };
type Wish = { variantId: string; quantity: number };

/**
 * So many pieces of it, at the price that it has now: that one counts as seen. Nothing is kept in
 * stock. Refuses: cart_unknown, cart_finished, shop_closed, variant_unknown, quantity_limit,
 * out_of_stock (with what is left).
 */
export function setCartLine({ input: { cartId, ...wish } }: Setting): Promise<Cart> {
  const change = (tx: Tx, cart: StoredCart) => (wish.quantity === 0 ? removeLine(tx, cart, wish) : putLine(tx, cart, wish));
  return askingIfStockTaken(() => changeCart(cartId, change));
}

async function removeLine(tx: Tx, { head }: StoredCart, { variantId }: Wish): Promise<void> {
  await tx.deleteFrom("cart_line").where("cart_id", "=", head.id).where("variant_id", "=", variantId).execute();
}

async function putLine(tx: Tx, cart: StoredCart, wish: Wish): Promise<void> {
  const { head, lines } = cart;
  const { variantId, quantity } = wish;
  const { isOpen, linesMax } = head.terms;
  if (!isOpen) throw new Refusal("shop_closed");
  const line = await readVariant(tx, cart, wish);
  if (!line) throw new Refusal("variant_unknown");
  const isNew = !lines.some((each) => each.variantId === variantId);
  if (isNew && lines.length >= linesMax) throw new Refusal("quantity_limit", `At most ${linesMax} different things in one order.`);
  // Less than before is never refused: it leads out of what no longer fits.
  const before = lines.find((each) => each.variantId === variantId)?.quantity ?? 0;
  const others = lines.filter((each) => each.variantId !== variantId);
  if (quantity > before && (isOverLimit(line, lines) || isBeyondSums([...others, line]))) throw new Refusal("quantity_limit");
  if (quantity > before && line.free !== null && line.free < quantity) {
    const wanted = { tenantId: head.tenantId, variantIds: [variantId], discountId: null };
    throw new StockTaken("out_of_stock", wanted, [{ variantId, available: Math.max(0, line.free) }]);
  }
  await tx
    .insertInto("cart_line")
    .values({ tenant_id: head.tenantId, cart_id: head.id, variant_id: variantId, quantity, seen_price_minor: line.unitPriceMinor })
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "cart_id", "variant_id"]).doUpdateSet({ quantity, seen_price_minor: line.unitPriceMinor }),
    )
    .execute();
}

/** What is sold in the cart's currency. */
async function readVariant(tx: Tx, { head }: StoredCart, { variantId, quantity }: Wish): Promise<StoredLine | null> {
  const { rows } = await sql<Omit<StoredLine, "quantity">>`
    select v.id as "variantId", p.id as "productId", v.price_minor as "seenPriceMinor", v.price_minor as "unitPriceMinor",
      p.tax_percent::float8 as "taxPercent", p.tax_included as "taxIncluded", p.is_digital as "isDigital",
      v.weight_grams as "weightGrams", p.per_order_max as "perOrderMax", ${freeStock(head.checkoutId)} as free,
      true as "isSold"
    from variant v
      join product p on p.tenant_id = v.tenant_id and p.id = v.product_id
    where v.tenant_id = current_tenant() and v.id = ${variantId} and v.currency = ${head.currency}
      and v.deleted_at is null and p.deleted_at is null and p.is_active`.execute(tx);
  return rows[0] ? { ...rows[0], quantity } : null;
}
