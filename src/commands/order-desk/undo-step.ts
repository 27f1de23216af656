import { Refusal } from "#contracts/problem.ts";
import { undoneStep } from "#domain/shop/order-steps.ts";
import { inTenant } from "#platform/db.ts";
import { changeOrder, lockOrder, requireSeen } from "./lock-order.ts";
import { by, type DeskCaller, logOrderStep } from "./log-order-step.ts";
import { unsend } from "./send-order.ts";

type Undoing = { caller: DeskCaller; input: { orderId: string; version: number } };

/**
 * Takes the newest step back: delivered, a parcel, or packed. Refuses: order_unknown,
 * changed_meanwhile, order_not_movable.
 */
export async function undoStep({ caller, input: { orderId, version } }: Undoing): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const found = await lockOrder(tx, orderId);
    requireSeen(found, version);
    const step = undoneStep(found.standing);
    if (!step) throw new Refusal("order_not_movable");
    if (step === "send") await unsend(tx, found);
    else await changeOrder(tx, found, step === "deliver" ? { delivered_at: null } : { packed_at: null });
    await logOrderStep(tx, found, { kind: "order.step_undone", ...by(caller), details: { step } });
  });
}
