import { Refusal } from "#contracts/problem.ts";
import { mayOrder } from "#domain/shop/order-steps.ts";
import { inTenant } from "#platform/db.ts";
import { changeOrder, lockOrder, requireSeen } from "./lock-order.ts";
import { by, type DeskCaller, logOrderStep } from "./log-order-step.ts";
import { timeNow } from "./time-now.ts";

type Moving = { caller: DeskCaller; input: { orderId: string; version?: number | undefined } };

/**
 * Everything of it lies ready. A repeat changes nothing. Refuses: order_unknown, changed_meanwhile,
 * order_not_movable.
 */
export async function packOrder({ caller, input: { orderId, version } }: Moving): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const found = await lockOrder(tx, orderId);
    const { orderStatus } = found.standing;
    if (orderStatus === "packed" || orderStatus === "sent" || orderStatus === "delivered") return;
    requireSeen(found, version);
    if (!mayOrder("pack", found.standing)) throw new Refusal("order_not_movable");
    await changeOrder(tx, found, { packed_at: await timeNow(tx) });
    await logOrderStep(tx, found, { kind: "order.packed", ...by(caller) });
  });
}

/** The customer has it. A repeat changes nothing. Refuses as packOrder does. */
export async function deliverOrder({ caller, input: { orderId, version } }: Moving): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const found = await lockOrder(tx, orderId);
    if (found.standing.orderStatus === "delivered") return;
    requireSeen(found, version);
    if (!mayOrder("deliver", found.standing)) throw new Refusal("order_not_movable");
    await changeOrder(tx, found, { delivered_at: await timeNow(tx) });
    await logOrderStep(tx, found, { kind: "order.delivered", ...by(caller) });
  });
}
