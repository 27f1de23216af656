import { isPromiseKept } from "#domain/checkout-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { kindOf } from "./kinds.ts";
import { logStep } from "./log-step.ts";
import { lockCheckout, moveCheckout } from "./move-checkout.ts";

/** Confirms a paid checkout once its kind is ready and the merchant's server, if any, knows. */
export async function confirmCheckout(input: { tenantId: string; checkoutId: string }): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, input.checkoutId);
    if (checkout?.status !== "paid") return;
    const isReady = await kindOf(checkout).isReady(tx, checkout);
    const callback = await paidCallback(tx, checkout);
    if (!isPromiseKept({ isReady, hasCallback: callback !== undefined, callbackAcknowledged: callback?.state === "done" })) return;
    await moveCheckout(tx, checkout, "confirmed");
    await logStep(tx, { checkout, step: "confirmed", actor: "system" });
  });
}

/** A skipped one is awaited no more: the merchant has removed the address since. */
function paidCallback(tx: Tx, checkout: CheckoutRow) {
  return tx
    .selectFrom("follow_up as f")
    .innerJoin("event as e", (join) => join.onRef("e.tenant_id", "=", "f.tenant_id").onRef("e.id", "=", "f.event_id"))
    .select("f.state")
    .where("f.subject_id", "=", checkout.id)
    .where("f.job", "=", "deliver-callback")
    .where("e.kind", "=", `${checkout.kind}.paid`)
    .where("f.state", "<>", "skipped")
    .executeTakeFirst();
}
