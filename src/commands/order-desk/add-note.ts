import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { insertOrderNote } from "../orders/insert-note.ts";
import { by, type DeskCaller } from "./log-order-step.ts";

type Adding = { caller: DeskCaller; input: { orderId: string; text: string } };

/** For the merchant's people alone. Refuses: order_unknown, limit_reached. */
export async function addOrderNote({ caller, input: { orderId, text } }: Adding): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    const order = await tx.selectFrom("shop_order").select("id").where("id", "=", orderId).executeTakeFirst();
    if (!order) throw new Refusal("order_unknown");
    await insertOrderNote(tx, { tenantId, orderId, text, ...by(caller) });
  });
}
