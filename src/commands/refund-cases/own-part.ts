import { sql } from "kysely";
import { refundProblem } from "#domain/money-back/refund-problems.ts";
import type { RefundFact } from "#domain/payment-provider.ts";
import { refundDueDaysOf, refundMovesOnFailure } from "#domain/refund-policy.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow, RefundCaseRow } from "#platform/rows.ts";
import { hasCallback } from "../tenants/has-callback.ts";
import { finishRefundCases } from "./finish.ts";
import { logCase } from "./log-case.ts";
import { moveCase } from "./move-case.ts";

type Own = { charge: ChargeRow; refundCase: RefundCaseRow; part: RefundFact };

/** Moves a case as the provider says of its refund. The caller has locked checkout and charge. */
export async function moveOwnCase(tx: Tx, { charge, refundCase, part }: Own): Promise<void> {
  const { providerRefundId, providerStatus } = part;
  const wasManual = refundCase.state === "manual";
  switch (part.state) {
    case "pending": {
      if (refundCase.state === "observing") return keepRefundId(tx, refundCase, providerRefundId);
      const isMoved = await moveCase(tx, refundCase, "observing", { provider_refund_id: providerRefundId, short_since: null });
      // A person sent it in the panel. From now on its end is awaited.
      if (isMoved && wasManual) await logCase(tx, refundCase, { kind: "refund_case.seen", actor: "provider" });
      return;
    }
    case "short_of_balance":
      await moveToShort(tx, refundCase, { providerRefundId, providerStatus, isSentByPerson: wasManual });
      return;
    case "done":
      await finishRefundCases(tx, { charge, only: refundCase.id, proof: providerStatus, providerRefundId, actor: "provider" });
      return;
    case "failed":
      await failCase(tx, refundCase, providerStatus);
      return;
    default:
      part.state satisfies never;
  }
}

async function keepRefundId(tx: Tx, refundCase: RefundCaseRow, providerRefundId: string): Promise<void> {
  await tx.updateTable("refund_case").set({ provider_refund_id: providerRefundId }).where("id", "=", refundCase.id).execute();
}

type Short = { providerRefundId: string | null; providerStatus: string; isSentByPerson?: boolean; refusals?: number };

/** The account at the provider has too little. Says it once, and keeps since when. */
export async function moveToShort(tx: Tx, refundCase: RefundCaseRow, told: Short): Promise<boolean> {
  const { providerRefundId, providerStatus, isSentByPerson = false, refusals } = told;
  const isNew = refundCase.short_since === null;
  const moved = await moveCase(tx, refundCase, "short_of_balance", {
    last_error: refundProblem("short_of_balance", providerStatus),
    ...(providerRefundId ? { provider_refund_id: providerRefundId } : {}),
    ...(refusals === undefined ? {} : { refusals }),
    ...(isNew ? { short_since: new Date(databaseNow()) } : {}),
  });
  if (moved && isSentByPerson) await logCase(tx, refundCase, { kind: "refund_case.seen", actor: "provider" });
  if (moved && isNew) await logCase(tx, refundCase, { kind: "refund_case.short_of_balance", actor: "provider" });
  return moved;
}

/**
 * The refund has failed after all, perhaps days after it was done. A person takes over with a new
 * deadline, and whoever was told that the money came back is told that it did not.
 */
async function failCase(tx: Tx, refundCase: RefundCaseRow, providerStatus: string): Promise<void> {
  const to = refundMovesOnFailure[refundCase.state];
  if (to === null) return;
  const wasDone = refundCase.state === "done";
  const { country } = await tx.selectFrom("tenant").select("country").executeTakeFirstOrThrow();
  const moved = await tx
    .updateTable("refund_case")
    .set({
      state: to,
      method: "manual",
      proof: null,
      short_since: null,
      last_error: refundProblem("failed_at_provider", providerStatus),
      ...(wasDone ? { due_at: sql<Date>`now() + make_interval(days => ${refundDueDaysOf(refundCase.reason, country)})` } : {}),
      updated_at: sql`now()`,
    })
    .where("id", "=", refundCase.id)
    .where("state", "=", refundCase.state)
    .where("withdrawn_at", "is", null)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) return;
  const { checkout_id: checkoutId } = refundCase;
  if (checkoutId && wasDone)
    await tx
      .updateTable("checkout")
      .set({ payment_status: "refunding", updated_at: sql`now()` })
      .where("id", "=", checkoutId)
      .where("payment_status", "in", ["refunded", "partly_refunded"])
      .execute();
  await logCase(tx, refundCase, {
    kind: "refund_case.failed",
    details: { wasDone, reason: refundCase.reason, providerStatus, amountMinor: refundCase.amount_minor },
    actor: "provider",
    facts: { hasCallback: checkoutId !== null && (await hasCallback(tx)), wasToldDone: wasDone },
  });
}
