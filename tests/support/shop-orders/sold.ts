import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { settledAtOnce } from "#tests/engine/stories.ts";
import { type Answered, type Asked, ask } from "#tests/http/request.ts";
import { type MerchantWish, openMerchant } from "../merchant.ts";
import { addProduct, addShipping, type ProductWish, type ShippingWish, type Shop } from "../shop/shop.ts";
import { checkOut, enterCode, fill } from "../shop/shopper.ts";
import { until } from "../until.ts";
import type { Place, World } from "../world.ts";

export type OrderDesk = (path: string, asked?: Asked) => Promise<Answered>;

/** Asks as a member of the shop: `GET /api/orders/{path}`, or what `asked` says. */
export async function orderDeskOf(world: World, { tenantId }: { tenantId: string }, wish: MerchantWish = {}): Promise<OrderDesk> {
  const { cookie } = await openMerchant(world, { ...wish, tenantId });
  return (path, asked = {}) =>
    ask(world, path.startsWith("/") ? path : `/api/orders/${path}`, { ...asked, headers: { ...asked.headers, cookie } });
}

export const deskOrderOf = async (desk: OrderDesk, id: string): Promise<DeskOrder> => (await desk(id)).body as DeskOrder;

export type Sold = { goods?: (ProductWish & { quantity?: number })[]; shipping?: ShippingWish | null; email?: string; code?: string };

/** Three cups and two plates that are sent for 10.000. */
export const usual = [
  { title: "Taza", quantity: 3, variants: [{ priceMinor: 2_000_000, onHand: 10 }] },
  { title: "Plato", quantity: 2, variants: [{ priceMinor: 3_500_000, onHand: 10 }] },
];

/** An order session at its payment page. */
export async function reachSale(world: Place, shop: Shop, { goods = usual, shipping = { priceMinor: 1_000_000 }, email, code }: Sold = {}) {
  const variantIds: string[] = [];
  const lines: Record<string, number> = {};
  for (const { quantity = 1, ...wish } of goods) {
    const [variantId] = (await addProduct(world, shop, wish)).variantIds;
    variantIds.push(variantId);
    lines[variantId] = quantity;
  }
  const option = shipping && (await addShipping(world, shop, shipping));
  const cartId = await fill(world, shop, lines);
  if (code) await enterCode(world, cartId, code);
  const address = shipping === null || shipping.kind === "pickup" ? { address: null } : {};
  const { status, body } = await checkOut(world, shop, cartId, {
    ...(option && { shipping: option }),
    ...address,
    ...(email && { email }),
  });
  if (status !== 201) throw new Error(`the checkout was answered ${status} ${JSON.stringify(body.problem)}`);
  return { id: body.id, token: body.token, totalMinor: body.totalMinor, checkoutUrl: body.checkoutUrl, variantIds, cartId };
}

const confirmedWithinMs = 30_000;

/** Pays what waits at its payment page, until its order is confirmed. */
export async function payOrder(world: Place, shop: Shop, sale: Awaited<ReturnType<typeof reachSale>>) {
  if (sale.totalMinor > 0) await shop.provider.payer(world.simulatorsUrl).pay(sale.checkoutUrl, "approve");
  await until(async () => {
    const { rows } = await world.owner.query("select status from checkout where id = $1", [sale.id]);
    return rows[0]?.status === "confirmed" ? null : `it is ${rows[0]?.status}`;
  }, confirmedWithinMs);
  return sale;
}

/** Paid, confirmed, and everybody told. */
export async function sellOrder(world: World, shop: Shop, sold: Sold = {}) {
  const sale = await payOrder(world, shop, await reachSale(world, shop, sold));
  await settledAtOnce(world, sale.id);
  return sale;
}
