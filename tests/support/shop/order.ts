import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { letStockGo } from "#commands/claims/stock-claims.ts";
import { askingIfStockTaken, takeStock } from "#commands/claims/take-stock.ts";
import { logEvent } from "#commands/log-event.ts";
import { checkoutAnswer } from "#commands/payments/checkout-answer.ts";
import { openPayment } from "#commands/payments/open-payment.ts";
import type { CheckoutAnswer } from "#contracts/checkout.ts";
import { claimEnd } from "#domain/hold-times.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId, newToken } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { testedProvider } from "../payers/tested-provider.ts";
import type { Shop } from "./shelf.ts";

export type Wish = Shop & {
  lines: { variantId: string; quantity: number }[];
  email?: string;
  discountId?: string;
  cartId?: string;
  minutes?: number;
  answerWaitMinutes?: number;
  /** Of the whole order. */
  totalMinor?: number;
  provider?: string;
  /** The id of one's own earlier session. */
  replaces?: string;
};

/** An order session as a checkout leaves it, at the prices of now: what races and crashes begin with. */
export async function startOrder(wish: Wish): Promise<CheckoutAnswer> {
  const start = () =>
    inTenant(wish.tenantId, async (tx) => {
      if (wish.replaces) await tx.selectFrom("checkout").select("id").where("id", "=", wish.replaces).forUpdate().execute();
      const checkout = await insertSession(tx, wish);
      const payment = await openPayment(tx, {
        checkout,
        provider: wish.provider ?? testedProvider.id,
        hasDocument: true,
        now: new Date(),
      });
      await claim(tx, wish, checkout);
      return { checkout, payment };
    });
  const opened = await askingIfStockTaken(start);
  return checkoutAnswer({ ...opened, description: "Pedido", document: { type: "CC", number: "1020304050" } });
}

/** The same without a payment: only what it takes. */
export async function claimOrder(wish: Wish): Promise<{ id: string; token: string }> {
  return askingIfStockTaken(() =>
    inTenant(wish.tenantId, async (tx) => {
      if (wish.replaces) await tx.selectFrom("checkout").select("id").where("id", "=", wish.replaces).forUpdate().execute();
      const checkout = await insertSession(tx, wish);
      await claim(tx, wish, checkout);
      return { id: checkout.id, token: checkout.token };
    }),
  );
}

async function claim(tx: Tx, { lines, discountId, answerWaitMinutes = 30, replaces }: Wish, checkout: CheckoutRow): Promise<void> {
  if (replaces) await letStockGo(tx, { id: replaces }, "released");
  await takeStock(tx, {
    tenantId: checkout.tenant_id,
    checkoutId: checkout.id,
    lines,
    discount: discountId ? { id: discountId, customer: checkout.customer_email } : null,
    expiresAt: claimEnd(checkout.ends_at, answerWaitMinutes),
  });
}

export async function insertSession(tx: Tx, wish: Wish): Promise<CheckoutRow> {
  const { tenantId, lines, email = "ana@example.com", cartId = randomUUID(), minutes = 15, totalMinor, discountId } = wish;
  const variants = await tx
    .selectFrom("variant as v")
    .innerJoin("product as p", (join) => join.onRef("p.tenant_id", "=", "v.tenant_id").onRef("p.id", "=", "v.product_id"))
    .select(["v.id", "v.price_minor", "p.title", "p.is_digital"])
    .where(
      "v.id",
      "in",
      lines.map(({ variantId }) => variantId),
    )
    .execute();
  const priced = lines.map(({ variantId, quantity }) => {
    const variant = variants.find(({ id }) => id === variantId);
    if (!variant) throw new Error("there is no such variant");
    return { variant, quantity, total: variant.price_minor * quantity };
  });
  const sum = priced.reduce((all, { total }) => all + total, 0);
  const amountMinor = totalMinor ?? sum;
  const id = newId();
  const checkout = await tx
    .insertInto("checkout")
    .values({
      tenant_id: tenantId,
      id,
      kind: "order",
      ends_at: sql<Date>`now() + make_interval(mins => ${minutes})`,
      amount_minor: amountMinor,
      currency: "COP",
      customer_name: "Ana María Pérez",
      customer_email: email,
      customer_phone: "+573001234567",
      accepted_terms_at: sql<Date>`now()`,
      locale: "es",
      token: newToken(),
      session: "a session",
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("order_session")
    .values({
      tenant_id: tenantId,
      id,
      cart_id: cartId,
      session_token: `session_${id}_${Date.now()}`,
      discount_id: discountId ?? null,
      discount_code: discountId ? "DIEZ" : null,
      sub_total_minor: sum,
      discount_minor: sum - amountMinor,
      shipping_minor: 0,
      tax_minor: 0,
      total_minor: amountMinor,
      snapshot: "{}",
    })
    .execute();
  await tx
    .insertInto("order_line")
    .values(
      priced.map(({ variant, quantity, total }, index) => ({
        tenant_id: tenantId,
        order_id: id,
        place: index + 1,
        variant_id: variant.id,
        product_title: variant.title,
        variant_title: "",
        is_digital: variant.is_digital,
        quantity,
        unit_price_minor: variant.price_minor,
        discount_minor: index === 0 ? sum - amountMinor : 0,
        tax_percent: 0,
        tax_included: true,
        tax_minor: 0,
        total_minor: index === 0 ? total - (sum - amountMinor) : total,
      })),
    )
    .execute();
  await logEvent(tx, { tenantId, subject: { kind: "checkout", id }, kind: "order.created", actor: "customer" });
  return checkout;
}

export type OpenOrder = { id: string; token: string; reference: string; paymentId: string; amountMinor: number };

/** The same with a payment whose page nobody has asked its provider for. */
export async function openOrder(wish: Wish): Promise<OpenOrder> {
  return askingIfStockTaken(() =>
    inTenant(wish.tenantId, async (tx) => {
      if (wish.replaces) await tx.selectFrom("checkout").select("id").where("id", "=", wish.replaces).forUpdate().execute();
      const checkout = await insertSession(tx, wish);
      const { reference, id: paymentId } = await openPayment(tx, {
        checkout,
        provider: wish.provider ?? testedProvider.id,
        hasDocument: true,
        now: new Date(),
      });
      await claim(tx, wish, checkout);
      return { id: checkout.id, token: checkout.token, reference, paymentId, amountMinor: checkout.amount_minor };
    }),
  );
}
