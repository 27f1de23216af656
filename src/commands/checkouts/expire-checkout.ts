import { sql } from "kysely";
import { statusAfterHold } from "#domain/checkout-states.ts";
import { claimEnd } from "#domain/hold-times.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { endOpenPayments } from "../payments/end-payments.ts";
import { kindOf } from "./kinds.ts";
import { logStep } from "./log-step.ts";
import { lockCheckout, moveCheckout } from "./move-checkout.ts";

/** Ends a lapsed pending checkout as `failed` or `expired`. Returns false if it is none. */
export async function expireCheckout(input: { tenantId: string; checkoutId: string }): Promise<boolean> {
  return inTenant(input.tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, input.checkoutId);
    if (checkout?.status !== "pending") return false;
    const { rows } = await sql<{ due: boolean }>`select ${claimEnd(checkout.ends_at)}::timestamptz <= now() as due`.execute(tx);
    if (!rows[0]?.due || (await kindOf(checkout).isClaimAlive(tx, checkout))) return false;
    await closeUnpaid(tx, checkout);
    return true;
  });
}

async function closeUnpaid(tx: Tx, checkout: CheckoutRow): Promise<void> {
  await kindOf(checkout).letGo(tx, checkout, "expired");
  const tried = await tx
    .selectFrom("charge as c")
    .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
    .select("c.id")
    .where("p.checkout_id", "=", checkout.id)
    .executeTakeFirst();
  const step = statusAfterHold({ triedToPay: tried !== undefined });
  await moveCheckout(tx, checkout, step);
  await endOpenPayments(tx, checkout);
  await logStep(tx, { checkout, step, actor: "system" });
}
