import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { inTenant } from "#platform/db.ts";
import { cancelAfterClosing } from "../settlement/cancel-after-closing.ts";
import type { DeskCaller } from "./log-order-step.ts";

type Ending = { caller: DeskCaller; input: { id: string } };

/**
 * Frees what somebody has not paid. Whoever pays at this moment is settled first. A repeat changes
 * nothing. Refuses: order_unknown, changed_meanwhile (it is paid).
 */
export async function endOrderSession({ caller, input: { id } }: Ending): Promise<void> {
  const { tenantId } = caller;
  const found = await inTenant(tenantId, (tx) =>
    tx.selectFrom("checkout").select("status").where("id", "=", id).where("kind", "=", "order").executeTakeFirst(),
  );
  if (!found) throw new Refusal("order_unknown");
  if (found.status === "cancelled") return;
  if (isPaid(found.status)) throw new Refusal("changed_meanwhile");
  const seen = { status: found.status, refundMinor: 0 };
  await cancelAfterClosing({ caller, input: { tenantId, checkoutId: id, seen } });
}
