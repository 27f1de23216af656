import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { OrderPieces, OrderSending } from "#contracts/shop-desk/order.ts";
import { shipmentsMax } from "#contracts/shop-desk/order-limits.ts";
import { isAllSent, mayOrder, sendable } from "#domain/shop/order-steps.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { stepLineOf } from "#queries/shop-desk/standing-order.ts";
import { changeOrder, type LockedOrder, lockOrder, requireSeen } from "./lock-order.ts";
import { by, type DeskCaller, logOrderStep } from "./log-order-step.ts";
import { lineAt } from "./order-lines.ts";
import { timeNow } from "./time-now.ts";

type Sending = { caller: DeskCaller; input: OrderSending & { orderId: string } };

/**
 * A parcel with all that waits, or a part of it. Of an order that is sent, the newest parcel gets
 * the number that is given: people mistype. Refuses: order_unknown, changed_meanwhile,
 * order_not_movable, limit_reached, invalid_request (a line that the order has not).
 */
export async function sendOrder({ caller, input: { orderId, version, lines, ...given } }: Sending): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const found = await lockOrder(tx, orderId);
    const { orderStatus } = found.standing;
    if (!lines && (orderStatus === "sent" || orderStatus === "delivered")) return correctTracking(tx, found, { caller, version, given });
    requireSeen(found, version);
    if (!mayOrder("send", found.standing)) throw new Refusal("order_not_movable");
    if (found.shipments.length >= shipmentsMax) throw new Refusal("limit_reached");
    const parcel =
      lines ?? found.lines.map((line) => ({ place: line.place, quantity: sendable(stepLineOf(line)) })).filter((one) => one.quantity > 0);
    await takeOut(tx, found, parcel);
    const tracking = trackingOf(given);
    await tx
      .insertInto("order_shipment")
      .values({
        tenant_id: caller.tenantId,
        id: newId(),
        order_id: orderId,
        ...tracking,
        lines: JSON.stringify(parcel),
        actor: by(caller).actor,
      })
      .execute();
    const now = await timeNow(tx);
    const isAll = isAllSent(
      found.lines.map((line) => ({
        ...stepLineOf(line),
        sent: line.sent + (parcel.find(({ place }) => place === line.place)?.quantity ?? 0),
      })),
    );
    await changeOrder(tx, found, { ...tracking, ...(isAll && { sent_at: now, packed_at: found.order.packed_at ?? now }) });
    const pieces = parcel.reduce((sum, { quantity }) => sum + quantity, 0);
    await logOrderStep(tx, found, { kind: "order.sent", ...by(caller), details: { pieces, isAll, carrier: tracking.carrier } });
  });
}

type Given = Pick<OrderSending, "carrier" | "trackingNumber" | "trackingUrl">;
const trackingOf = ({ carrier = null, trackingNumber = null, trackingUrl = null }: Given) => ({
  carrier,
  tracking_number: trackingNumber,
  tracking_url: trackingUrl,
});

async function takeOut(tx: Tx, found: LockedOrder, parcel: readonly OrderPieces[]): Promise<void> {
  for (const { place, quantity } of parcel) {
    const line = lineAt(found, place);
    if (quantity > sendable(stepLineOf(line))) throw new Refusal("order_not_movable");
    await tx
      .updateTable("order_line")
      .set({ sent: line.sent + quantity })
      .where("order_id", "=", found.order.id)
      .where("place", "=", place)
      .execute();
  }
}

type Correcting = { caller: DeskCaller; version: number | undefined; given: Given };

/** A repeat with the same words, or without any, changes nothing. */
async function correctTracking(tx: Tx, found: LockedOrder, { caller, version, given }: Correcting): Promise<void> {
  const [newest] = found.shipments;
  const tracking = trackingOf(given);
  const isSame = (Object.keys(tracking) as (keyof typeof tracking)[]).every((name) => tracking[name] === found.order[name]);
  if (!newest || isSame || Object.values(given).every((word) => word === undefined)) return;
  requireSeen(found, version);
  await tx.updateTable("order_shipment").set(tracking).where("id", "=", newest.id).execute();
  await changeOrder(tx, found, tracking);
  await logOrderStep(tx, found, { kind: "order.tracking_changed", ...by(caller), details: { carrier: tracking.carrier } });
}

/** The newest parcel comes back. Refuses: order_not_movable, if pieces of it were returned. */
export async function unsend(tx: Tx, found: LockedOrder): Promise<void> {
  const [newest, before] = found.shipments;
  if (!newest) throw new Refusal("order_not_movable");
  for (const { place, quantity } of parcelOf(newest.lines)) {
    const line = lineAt(found, place);
    const sent = line.sent - quantity;
    if (line.refunded - line.dropped > sent) throw new Refusal("order_not_movable");
    await tx.updateTable("order_line").set({ sent }).where("order_id", "=", found.order.id).where("place", "=", place).execute();
  }
  await sql`delete from order_shipment where tenant_id = current_tenant() and id = ${newest.id}`.execute(tx);
  const { carrier = null, tracking_number = null, tracking_url = null } = before ?? {};
  await changeOrder(tx, found, { sent_at: null, carrier, tracking_number, tracking_url });
}

/** As it is kept in order_shipment.lines. */
export const parcelOf = (lines: unknown): OrderPieces[] => lines as OrderPieces[];
