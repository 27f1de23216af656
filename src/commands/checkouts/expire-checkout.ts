import { sql } from "kysely";
import { statusAfterHold } from "#domain/checkout-states.ts";
import { payingGraceSeconds } from "#domain/hold-times.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { endOpenPayments } from "../payments/end-payments.ts";
import { kindOf } from "./kinds.ts";
import { logStep } from "./log-step.ts";
import { lockCheckout, moveCheckout } from "./move-checkout.ts";

/** How a checkout ended: after its provider's answer, or given up without one. */
export type Ended = { checkout: CheckoutRow; isAnswered: boolean };

/** Ends a pending checkout that is over as `failed` or `expired`. Returns false if it is none. */
export async function expireCheckout(input: { tenantId: string; checkoutId: string }): Promise<boolean> {
  const ended = await inTenant(input.tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, input.checkoutId);
    return checkout && endIfOver(tx, checkout);
  });
  warnIfGivenUp(ended);
  return ended !== null;
}

/**
 * The same for a checkout that the caller has locked. After the commit the caller gives the answer
 * to `warnIfGivenUp`, because a transaction may be retried.
 */
export async function endIfOver(tx: Tx, checkout: CheckoutRow): Promise<Ended | null> {
  if (checkout.status !== "pending") return null;
  const how = await howItEnds(tx, checkout);
  if (how === null) return null;
  const isAnswered = how === "answered";
  await closeUnpaid(tx, checkout, { isAnswered });
  return { checkout, isAnswered };
}

export function warnIfGivenUp(ended: Ended | null): void {
  if (!ended || ended.isAnswered) return;
  const { tenant_id: tenantId, id: checkoutId } = ended.checkout;
  logger().warn({ tenantId, checkoutId }, "a checkout was given up without the provider's answer");
}

/**
 * Returns null while the provider may still tell of money: until it has answered for every payment
 * since the end, or its silence has lasted as long as the tenant waits. A stored approval that is
 * not settled is never given up.
 */
async function howItEnds(tx: Tx, checkout: CheckoutRow): Promise<"answered" | "without an answer" | null> {
  const { rows } = await sql<{ isOver: boolean; approvalWaits: boolean; isSilent: boolean; isGivenUp: boolean }>`
    select
      k.ends_at + make_interval(secs => ${payingGraceSeconds}) <= now() as "isOver",
      approval_waits(k.tenant_id, k.id) as "approvalWaits",
      exists (
        select from payment p where p.tenant_id = k.tenant_id and p.checkout_id = k.id and is_unanswered(p)
      ) as "isSilent",
      k.ends_at + make_interval(mins => t.answer_wait_minutes) <= now() as "isGivenUp"
    from checkout k join tenant t on t.tenant_id = k.tenant_id
    where k.tenant_id = ${checkout.tenant_id} and k.id = ${checkout.id}`.execute(tx);
  const [now] = rows;
  if (!now?.isOver || now.approvalWaits) return null;
  if (!now.isSilent) return "answered";
  return now.isGivenUp && !(await kindOf(checkout).isClaimAlive(tx, checkout)) ? "without an answer" : null;
}

async function closeUnpaid(tx: Tx, checkout: CheckoutRow, details: { isAnswered: boolean }): Promise<void> {
  await endOpenPayments(tx, checkout);
  const tried = await tx
    .selectFrom("charge as c")
    .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
    .select("c.id")
    .where("p.checkout_id", "=", checkout.id)
    .executeTakeFirst();
  await kindOf(checkout).letGo(tx, checkout, "expired");
  const step = statusAfterHold({ triedToPay: tried !== undefined });
  await moveCheckout(tx, checkout, step);
  await logStep(tx, { checkout, step, actor: "system", details, facts: { mayHaveLeft: true } });
}
