import type { Tx } from "#platform/db.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { type LoggedEvent, logEvent } from "../log-event.ts";

type Told = Pick<LoggedEvent, "details" | "actor" | "facts" | "origin"> & { kind: `refund_case.${string}` & LoggedEvent["kind"] };

/** Logs an event of a case: for its checkout, or for itself if there is none. */
export async function logCase(tx: Tx, refundCase: Pick<RefundCaseRow, "tenant_id" | "id" | "checkout_id">, told: Told): Promise<void> {
  const { tenant_id: tenantId, id, checkout_id } = refundCase;
  const subject = checkout_id ? ({ kind: "checkout", id: checkout_id } as const) : ({ kind: "refund_case", id } as const);
  await logEvent(tx, { ...told, tenantId, subject, details: { refundCaseId: id, ...told.details } });
}
