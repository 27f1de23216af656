import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import { type Actor, logEvent } from "../log-event.ts";
import { refundSubject } from "./open.ts";

/** The money is back with the customer: said by the provider, or by a person with proof. */
export async function finishRefundCase(tx: Tx, input: { tenantId: string; chargeId: string; proof: string; actor: Actor }): Promise<void> {
  const done = await tx
    .updateTable("refund_case")
    .set({ state: "done", proof: input.proof, updated_at: sql`now()` })
    .where("charge_id", "=", input.chargeId)
    .where("state", "<>", "done")
    .returningAll()
    .executeTakeFirst();
  if (!done) return;
  if (done.booking_id) {
    await tx
      .updateTable("booking")
      .set({ payment_status: "refunded", updated_at: sql`now()` })
      .where("id", "=", done.booking_id)
      .where("payment_status", "=", "refunding")
      .execute();
  }
  const { callback_url } = await tx.selectFrom("tenant").select("callback_url").executeTakeFirstOrThrow();
  await logEvent(tx, {
    tenantId: input.tenantId,
    subject: refundSubject({ id: done.id, bookingId: done.booking_id }),
    kind: "refund_case.done",
    details: { refundCaseId: done.id, reason: done.reason },
    actor: input.actor,
    facts: { hasCallback: callback_url !== null && done.booking_id !== null },
  });
}
