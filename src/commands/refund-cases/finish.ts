import { sql } from "kysely";
import type { Actor } from "#contracts/caller.ts";
import { isMoneyHere, mayPaymentMove } from "#domain/payment-states.ts";
import { refundStatesBefore } from "#domain/refund-policy.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow, RefundCaseRow } from "#platform/rows.ts";
import { hasCallback } from "../tenants/has-callback.ts";
import { sentBackMinor } from "./charge-rows.ts";
import { logCase } from "./log-case.ts";

/** Locks the checkout first, as settling does. Finishing also counts its callbacks. */
export async function lockCheckoutOf(tx: Tx, refundCase: { checkout_id: string | null }): Promise<void> {
  if (refundCase.checkout_id) await tx.selectFrom("checkout").select("id").where("id", "=", refundCase.checkout_id).forUpdate().execute();
}

type Finish = {
  charge: ChargeRow;
  /** Finishes only this case. Without it, all cases of the charge are finished. */
  only?: string | undefined;
  proof: string;
  providerRefundId?: string | null;
  actor: Actor;
};

/**
 * The money is back, as the provider says or a person proves. The checkout is locked. Returns
 * whether any case has ended by it.
 */
export async function finishRefundCases(tx: Tx, { charge, only, proof, providerRefundId, actor }: Finish): Promise<boolean> {
  const done = await tx
    .updateTable("refund_case")
    .set({ state: "done", proof, ...(providerRefundId ? { provider_refund_id: providerRefundId } : {}), updated_at: sql`now()` })
    .where("charge_id", "=", charge.id)
    .where("state", "in", refundStatesBefore("done"))
    .$if(only !== undefined, (query) => query.where("id", "=", only ?? ""))
    .returningAll()
    .execute();
  for (const refundCase of done) await tellFinished(tx, { charge, refundCase, actor });
  if (done.length > 0 && (await isAllBack(tx, charge))) await endPayment(tx, charge);
  return done.length > 0;
}

async function tellFinished(tx: Tx, { charge, refundCase, actor }: { charge: ChargeRow; refundCase: RefundCaseRow; actor: Actor }) {
  const { checkout_id: checkoutId, reason } = refundCase;
  if (checkoutId) {
    const back = (await isAllBack(tx, charge)) ? "refunded" : "partly_refunded";
    await tx
      .updateTable("checkout")
      .set({ payment_status: charge.status === "charged_back" ? "charged_back" : back, updated_at: sql`now()` })
      .where("id", "=", checkoutId)
      .where("payment_status", "in", ["refunding", "partly_refunded"])
      .execute();
  }
  const facts = { hasCallback: checkoutId !== null && (await hasCallback(tx)) };
  await logCase(tx, refundCase, { kind: "refund_case.done", details: { reason }, actor, facts });
}

/** Whether a case of ours is sending money of this charge back. */
export async function hasOpenCase(tx: Tx, charge: ChargeRow): Promise<boolean> {
  const open = await tx
    .selectFrom("refund_case")
    .select("id")
    .where("charge_id", "=", charge.id)
    .where("state", "in", refundStatesBefore("done"))
    .executeTakeFirst();
  return open !== undefined;
}

/** Whether cases that are done, and the provider's panel, have sent back all of this charge. */
export async function isAllBack(tx: Tx, charge: ChargeRow): Promise<boolean> {
  return (await sentBackMinor(tx, charge, ["done"])) >= charge.amount_minor;
}

/** The payment takes its charge's final state, unless another of its charges still has money. */
async function endPayment(tx: Tx, charge: ChargeRow): Promise<void> {
  if (charge.payment_id === null) return;
  const payment = await tx.selectFrom("payment").select("status").where("id", "=", charge.payment_id).forUpdate().executeTakeFirstOrThrow();
  const others = await tx
    .selectFrom("charge")
    .select("status")
    .where("payment_id", "=", charge.payment_id)
    .where("id", "<>", charge.id)
    .execute();
  const to = charge.status === "voided" || charge.status === "charged_back" ? charge.status : "refunded";
  if (others.some((other) => isMoneyHere(other.status)) || !mayPaymentMove(payment.status, to)) return;
  await tx.updateTable("payment").set({ status: to, updated_at: sql`now()` }).where("id", "=", charge.payment_id).execute();
}
