import { sql } from "kysely";
import type { Customer } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { sessionsPerCartMax } from "#contracts/shop/limits.ts";
import type { OrderAnswer, OrderRequest } from "#contracts/shop/order-session.ts";
import { claimEnd } from "#domain/hold-times.ts";
import { openStates } from "#domain/payment-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { keyedHash } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { loadShopOfTenant } from "#queries/shop/shop-front.ts";
import { type OrderLineRow, type OrderSessionRow, soldSession } from "#queries/shop/sold-session.ts";
import type { ShopTerms, StoredCart } from "#queries/shop/stored-cart.ts";
import { tenantOfCart } from "#queries/shop/tenant-of-cart.ts";
import { cancelIn } from "../checkouts/cancel-checkout.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { askingIfStockTaken, StockTaken, takeStock } from "../claims/take-stock.ts";
import { requireWelcome } from "../customers/require-welcome.ts";
import { storedContact } from "../customers/stored-contact.ts";
import { insertSession } from "../orders/insert-session.ts";
import { checkoutAnswer, type Opened } from "../payments/checkout-answer.ts";
import { openPayment } from "../payments/open-payment.ts";
import { lockOpenCart } from "./change-cart.ts";
import { type Ready, requireReady } from "./require-ready.ts";

type CheckingOut = { caller: Customer; input: { cartId: string; request: OrderRequest } };
type Begun = Opened & { session: OrderSessionRow; lines: OrderLineRow[] };
type Buying = {
  caller: Customer;
  request: OrderRequest;
  customer: { name: string; email: string; phone: string };
  locale: string;
};

/**
 * Freezes the cart as an order session, takes its stock and opens its payment in one transaction;
 * then asks for the provider's page. The same request again gets the same order session; another
 * takes its place. Refuses what operations/shop/order-sessions.ts lists.
 */
export async function checkOutCart({ caller, input: { cartId, request } }: CheckingOut): Promise<OrderAnswer> {
  const tenantId = await tenantOfCart(cartId);
  const { shop } = await loadShopOfTenant(tenantId);
  const customer = storedContact(request.customer, shop.country);
  const buying: Buying = { caller, request, customer, locale: request.locale ?? shop.locale };
  const begun = await askingIfStockTaken(() => inTenant(tenantId, (tx) => begin(tx, cartId, buying)));
  const { session } = begun;
  const document = request.document ?? null;
  const answer = await checkoutAnswer({ ...begun, description: shop.name, document, sessionToken: session.session_token });
  return { ...soldSession(begun), checkoutUrl: answer.checkoutUrl, reference: answer.reference };
}

async function begin(tx: Tx, cartId: string, buying: Buying): Promise<Begun> {
  const stored = await lockOpenCart(tx, cartId);
  const { terms } = stored.head;
  if (!terms.isOpen) throw new Refusal("shop_closed");
  await requireWelcome(tx, buying);
  // The cart was locked, so its older order session cannot be another one meanwhile.
  const old = stored.head.checkoutId === null ? null : await lockCheckout(tx, stored.head.checkoutId);
  if (old?.paid_charge_id && (old.status === "paid" || old.status === "confirmed")) throw new Refusal("cart_finished");
  const { request, customer, locale } = buying;
  const ready = await requireReady(tx, { stored, linesMax: terms.linesMax, request, customer, locale });
  const asked = askedBy(stored, ready, buying);
  const repeated = old && (await readRepeated(tx, { old, asked, request }));
  if (repeated) return repeated;
  refuseSoldOut(stored, ready);
  if (stored.head.checkoutId !== null) await refuseTooMany(tx, cartId);
  // What may still be paid of the older one goes back: it is this one that the customer wants.
  if (old) await cancelIn(tx, { checkout: old, actor: "customer", reason: "replaced" });
  return freeze(tx, { stored, ready, asked, buying, terms });
}

/**
 * A look at what was read already, before anything is written: in a rush most come too late. Only
 * takeStock decides who gets a piece. Refuses: out_of_stock.
 */
function refuseSoldOut({ head }: StoredCart, { cart }: Ready): void {
  const missing = cart.lines.flatMap(({ variantId, free, quantity }) =>
    free !== null && free < quantity ? [{ variantId, available: Math.max(0, free) }] : [],
  );
  if (missing.length === 0) return;
  const variantIds = missing.map(({ variantId }) => variantId);
  throw new StockTaken("out_of_stock", { tenantId: head.tenantId, variantIds, discountId: null }, missing.toSorted(byVariant));
}

const byVariant = (a: { variantId: string }, b: { variantId: string }) => (a.variantId < b.variantId ? -1 : 1);

type Repeating = { old: CheckoutRow; asked: string; request: OrderRequest };

/** The older order session, if it lives and the same is asked again. */
async function readRepeated(tx: Tx, { old, asked, request }: Repeating): Promise<Begun | null> {
  if (old.status !== "pending" || old.ends_at.getTime() <= databaseNow()) return null;
  const session = await tx.selectFrom("order_session").selectAll().where("id", "=", old.id).executeTakeFirst();
  if (!session || Reflect.get(Object(session.snapshot), "asked") !== asked) return null;
  const lines = await tx.selectFrom("order_line").selectAll().where("order_id", "=", old.id).execute();
  return { checkout: old, session, lines, payment: await samePayment(tx, old, request) };
}

/** What a repeat must have in common, as a hash: a person's details stand in their columns. */
function askedBy({ head }: StoredCart, { cart, shipping, address }: Ready, { request, customer, locale }: Buying): string {
  const lines = cart.lines.map(({ variantId, quantity, unitPriceMinor, totalMinor }) => [variantId, quantity, unitPriceMinor, totalMinor]);
  const { note = null, userId = head.userId, campaign = null } = request;
  const said = [lines, head.discountCode, shipping, address, customer, locale, note, userId, campaign, cart.totals.totalMinor];
  return keyedHash(env().APP_SECRET, JSON.stringify(said));
}

/** An open page of the same account is used again. */
async function samePayment(tx: Tx, checkout: CheckoutRow, { provider, connection: connectionId, document }: OrderRequest) {
  const open = await tx
    .selectFrom("payment")
    .selectAll()
    .where("checkout_id", "=", checkout.id)
    .where("status", "in", openStates)
    .where("close_wanted_at", "is", null)
    .$if(checkout.amount_minor > 0 && connectionId === undefined, (query) => query.where("provider", "=", provider ?? ""))
    .$if(checkout.amount_minor > 0 && connectionId !== undefined, (query) => query.where("connection_id", "=", connectionId ?? ""))
    .orderBy("created_at", "desc")
    .executeTakeFirst();
  if (open) return open;
  const now = new Date(databaseNow());
  return openPayment(tx, { checkout, provider, connectionId, hasDocument: document !== undefined, now });
}

/** Each takes stock for a while and asks a provider for a page. Refuses: too_many_payments. */
async function refuseTooMany(tx: Tx, cartId: string): Promise<void> {
  const { count } = await tx
    .selectFrom("order_session as s")
    .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "s.tenant_id").onRef("k.id", "=", "s.id"))
    .select((columns) => columns.fn.countAll<number>().as("count"))
    .where("s.cart_id", "=", cartId)
    .where("k.created_at", ">", sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirstOrThrow();
  if (count >= sessionsPerCartMax) throw new Refusal("too_many_payments");
}

type Freeze = { stored: StoredCart; ready: Ready; asked: string; buying: Buying; terms: ShopTerms };

async function freeze(tx: Tx, { stored, ready, asked, buying, terms }: Freeze): Promise<Begun> {
  const { head, discount } = stored;
  const { request, customer, locale } = buying;
  const { cart } = ready;
  const now = new Date(databaseNow());
  const endsAt = new Date(now.getTime() + terms.holdMinutes * 60_000);
  const used = discount ? { id: discount.id, code: discount.code } : null;
  const { checkout, session, lines } = await insertSession(tx, {
    ...ready,
    tenantId: head.tenantId,
    cartId: head.id,
    currency: head.currency,
    userId: request.userId ?? head.userId,
    customer,
    discount: used,
    note: request.note ?? null,
    locale,
    campaign: request.campaign,
    snapshot: { asked, merchant: ready.merchantWords },
    endsAt,
  });
  const { provider, connection: connectionId, document } = request;
  const subject = { kind: "checkout", id: checkout.id } as const;
  const begins = { tenantId: head.tenantId, subject, kind: "order.created", actor: "customer" } as const;
  const payment = await openPayment(tx, { checkout, provider, connectionId, hasDocument: document !== undefined, begins, now });
  // Last, because it locks what is sold until the commit.
  await takeStock(tx, {
    tenantId: head.tenantId,
    checkoutId: checkout.id,
    lines: cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    discount: used && { id: used.id, customer: customer.email.toLowerCase() },
    expiresAt: claimEnd(endsAt, terms.answerWaitMinutes),
  });
  return { checkout, session, lines, payment };
}
