import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import { address, soldShipping } from "#contracts/shop/order-session.ts";
import type { DeskOrder, DeskOrderLine } from "#contracts/shop-desk/order.ts";
import { usualStepMinor } from "#domain/money.ts";
import { mayOrder, nextAction, refundable, returnable, type StandingOrder, sendable, undoneStep } from "#domain/shop/order-steps.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { readMoney, readPayments, readRefundCases } from "../desk/booking-money.ts";
import { isBlockedByDispute } from "../desk/dispute-blocks.ts";
import { readDisputes, readOutsideRefunds } from "../ledger/disputes.ts";
import { inMerchantsWords } from "../shop/merchant-words.ts";
import { lineAsSold, type OrderLineRow } from "../shop/sold-session.ts";
import { customersPage } from "../site-address.ts";
import { readActorNames, readOrderNotes, shownActor } from "./order-notes.ts";
import { readOrderWithdrawal } from "./order-withdrawal.ts";
import { type OrderRows, readOrder, stepLineOf } from "./standing-order.ts";

export type OrderViewer = Pick<MemberCaller | ApiKeyCaller, "tenantId" | "permissions">;
type Asked = { viewer: OrderViewer; orderId: string };

/** Everything of one order that the viewer may see. Refuses: order_unknown. */
export function loadDeskOrder({ viewer, orderId }: Asked): Promise<DeskOrder> {
  return inTenant(viewer.tenantId, async (tx) => {
    const { standing, ...rows } = await readOrder(tx, orderId);
    const { checkout, session } = rows;
    const { timezone, country } = await tx.selectFrom("tenant").select(["timezone", "country"]).executeTakeFirstOrThrow();
    const changes = viewer.permissions.includes("orders.change");
    const cash = await readCash(tx, { rows, standing, seesPayments: viewer.permissions.includes("payments.read") });
    return {
      ...headOf(rows, standing),
      timezone,
      country,
      customer: {
        name: checkout.customer_name,
        email: checkout.customer_email,
        phone: checkout.customer_phone,
        locale: checkout.locale,
      },
      customerId: viewer.permissions.includes("customers.read") ? checkout.customer_id : null,
      customersUrl: changes ? customersPage(checkout) : null,
      address: session.address === null ? null : address.parse(session.address),
      shipping: session.shipping === null ? null : inMerchantsWords(session).shippingOf(soldShipping.parse(session.shipping)),
      note: session.note,
      campaign: session.campaign as DeskOrder["campaign"],
      lines: await readLines(tx, rows, standing),
      totals: {
        currency: checkout.currency,
        subTotalMinor: session.sub_total_minor,
        discountMinor: session.discount_minor,
        discountCode: session.discount_code,
        shippingMinor: session.shipping_minor,
        taxMinor: session.tax_minor,
        totalMinor: session.total_minor,
      },
      shipments: await shipmentsOf(tx, rows),
      ...cash,
      notes: await readOrderNotes(tx, orderId),
      next: nextAction(standing),
      undoes: undoneStep(standing),
      may: { ...mayDo({ standing, changes, cash }), seeDeliveries: viewer.permissions.includes("events.read"), changeDeliveries: changes },
    };
  });
}

/** Before a change that knows any checkout. Refuses: order_unknown. */
export async function requireOrder({ viewer, orderId }: Asked): Promise<void> {
  await inTenant(viewer.tenantId, (tx) => readOrder(tx, orderId));
}

const instant = (time: Date | null): string | null => time?.toISOString() ?? null;

function headOf({ checkout, order, session }: OrderRows, { orderStatus, way }: StandingOrder) {
  return {
    id: order.id,
    number: order.number,
    version: order.version,
    orderStatus,
    paymentStatus: checkout.payment_status,
    way,
    createdAt: checkout.created_at.toISOString(),
    paidAt: order.paid_at.toISOString(),
    packedAt: instant(order.packed_at),
    sentAt: instant(order.sent_at),
    deliveredAt: instant(order.delivered_at),
    carrier: order.carrier,
    trackingNumber: order.tracking_number,
    trackingUrl: order.tracking_url,
    transactionId: order.transaction_id,
    userId: session.user_id,
  };
}

async function readLines(tx: Tx, { lines, order, session }: OrderRows, { orderStatus }: StandingOrder): Promise<DeskOrderLine[]> {
  const products = await tx
    .selectFrom("variant")
    .select(["id", "product_id"])
    .where(
      "id",
      "in",
      lines.map(({ variant_id }) => variant_id),
    )
    .execute();
  const productOf = new Map(products.map(({ id, product_id }) => [id, product_id]));
  const words = inMerchantsWords(session);
  return lines.map((line) => ({
    ...{ place: line.place, ...lineAsSold(line), title: words.titleOf(line) },
    productId: productOf.get(line.variant_id) ?? order.id,
    ...countsOf(line, orderStatus),
  }));
}

function countsOf(row: OrderLineRow, orderStatus: StandingOrder["orderStatus"]) {
  const line = stepLineOf(row);
  const isStanding = orderStatus !== "cancelled";
  return {
    sent: line.sent,
    refunded: line.refunded,
    sendable: isStanding ? sendable(line) : 0,
    refundable: isStanding ? refundable(line) : 0,
    returnable: returnable(orderStatus, line),
    stockBack: line.stockBack,
  };
}

async function shipmentsOf(tx: Tx, { shipments }: OrderRows): Promise<DeskOrder["shipments"]> {
  const names = await readActorNames(
    tx,
    shipments.map(({ actor }) => actor),
  );
  return shipments.map(({ id, created_at, actor, carrier, tracking_number, tracking_url, lines }) => ({
    ...{ id, at: created_at.toISOString(), actor: shownActor(actor, names), carrier },
    ...{ trackingNumber: tracking_number, trackingUrl: tracking_url, lines: lines as { place: number; quantity: number }[] },
  }));
}

type Cash = Pick<
  DeskOrder,
  | "money"
  | "payments"
  | "refundCases"
  | "refundedLines"
  | "outsideRefunds"
  | "disputes"
  | "isBlockedByDispute"
  | "reversalAnswer"
  | "withdrawal"
>;

async function readCash(tx: Tx, given: { rows: OrderRows; standing: StandingOrder; seesPayments: boolean }): Promise<Cash> {
  const { rows, standing, seesPayments } = given;
  const { checkout } = rows;
  const { paidMinor, sentBackMinor, leftMinor, underWayMinor } = await readMoney(tx, checkout);
  const charge = checkout.paid_charge_id
    ? await tx.selectFrom("charge").select(["id", "status"]).where("id", "=", checkout.paid_charge_id).executeTakeFirst()
    : undefined;
  const refunded = await tx
    .selectFrom("order_refund_line")
    .selectAll()
    .where("order_id", "=", checkout.id)
    .orderBy("refund_case_id")
    .orderBy("place")
    .execute();
  return {
    money: {
      ...{ paidMinor, sentBackMinor, leftMinor, underWayMinor },
      shippingLeftMinor: standing.orderStatus === "cancelled" ? 0 : standing.shippingLeftMinor,
      stepMinor: usualStepMinor(checkout.currency),
    },
    payments: seesPayments ? await readPayments(tx, checkout) : null,
    refundCases: seesPayments ? await readRefundCases(tx, [checkout.id]) : null,
    refundedLines: refunded.map((row) => ({
      ...{ refundCaseId: row.refund_case_id, place: row.place, quantity: row.quantity },
      ...{ amountMinor: row.amount_minor, isStockBack: row.is_stock_back },
    })),
    outsideRefunds: seesPayments ? await readOutsideRefunds(tx, [checkout.id]) : null,
    disputes: seesPayments ? await readDisputes(tx, [checkout.id]) : null,
    isBlockedByDispute: charge !== undefined && (await isBlockedByDispute(tx, charge)),
    reversalAnswer: checkout.reversal_answer,
    withdrawal: await readOrderWithdrawal(tx, checkout.id),
  };
}

function mayDo({
  standing,
  changes,
  cash,
}: {
  standing: StandingOrder;
  changes: boolean;
  cash: Cash;
}): Omit<DeskOrder["may"], "seeDeliveries" | "changeDeliveries"> {
  const { money, isBlockedByDispute: isBlocked, reversalAnswer } = cash;
  return {
    pack: changes && mayOrder("pack", standing),
    send: changes && mayOrder("send", standing),
    deliver: changes && mayOrder("deliver", standing),
    undo: changes && mayOrder("undo", standing),
    refund: changes && money.leftMinor > 0 && !isBlocked && mayOrder("refund", standing),
    cancel: changes && mayOrder("cancel", standing),
    stockBack: changes && mayOrder("stock_back", standing),
    answerReversal: changes && reversalAnswer === "open",
    note: changes,
  };
}
