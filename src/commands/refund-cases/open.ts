import { sql } from "kysely";
import type { UnprovenFact } from "#domain/payment-provider.ts";
import { type RefundReason, refundDueDays } from "#domain/refund-policy.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { BookingRow, ChargeRow } from "#platform/rows.ts";
import { type Actor, logEvent } from "../log-event.ts";

type NewRefundCase = {
  tenantId: string;
  charge: ChargeRow;
  booking: BookingRow | null;
  reason: RefundReason;
  actor?: Actor;
  /** The provider's API does not know the charge, and the signature of its event does not cover these. */
  unproven?: readonly UnprovenFact[];
};

/** Money that must go back: one case per charge, with an owner and a deadline from its first moment. A withdrawn one opens again. */
export async function openRefundCase(tx: Tx, input: NewRefundCase): Promise<void> {
  const { tenantId, charge, booking, reason, unproven } = input;
  const opened = {
    booking_id: booking?.id ?? null,
    reason,
    amount_minor: charge.amount_minor,
    currency: charge.currency,
    method: unproven ? "manual" : null,
    unproven: unproven ? [...unproven] : null,
    last_error: unproven ? unknownToProvider : null,
    due_at: sql<Date>`now() + make_interval(days => ${refundDueDays})`,
  };
  const inserted = await tx
    .insertInto("refund_case")
    .values({ tenant_id: tenantId, id: newId(), charge_id: charge.id, ...opened })
    .onConflict((conflict) =>
      conflict
        .columns(["tenant_id", "charge_id"])
        .doUpdateSet({ ...opened, state: "open", proof: null, withdrawn_at: null, updated_at: sql`now()` })
        .where("refund_case.withdrawn_at", "is not", null),
    )
    .returning("id")
    .executeTakeFirst();
  if (!inserted) return;
  const { id } = inserted;
  await tx.updateTable("charge").set({ outcome: "refund_case", updated_at: sql`now()` }).where("id", "=", charge.id).execute();
  const isTheirs = booking !== null && (booking.paid_charge_id === null || booking.paid_charge_id === charge.id);
  if (isTheirs)
    await tx.updateTable("booking").set({ payment_status: "refunding", updated_at: sql`now()` }).where("id", "=", booking.id).execute();
  const { callback_url } = await tx.selectFrom("tenant").select("callback_url").executeTakeFirstOrThrow();
  await logEvent(tx, {
    tenantId,
    subject: refundSubject({ id, bookingId: booking?.id ?? null }),
    kind: "refund_case.opened",
    details: {
      refundCaseId: id,
      reason,
      chargeId: charge.id,
      amountMinor: charge.amount_minor,
      currency: charge.currency,
      ...(unproven ? { unproven: unproven.join(",") } : {}),
    },
    actor: input.actor ?? "system",
    facts: { hasCallback: callback_url !== null && booking !== null },
  });
}

const unknownToProvider = "the provider's API does not know this charge: only a signed event tells of it";

/** A case about a booking belongs to that booking's story; one about money without a booking stands alone. */
export function refundSubject(refundCase: { id: string; bookingId: string | null }) {
  return refundCase.bookingId
    ? ({ kind: "booking", id: refundCase.bookingId } as const)
    : ({ kind: "refund_case", id: refundCase.id } as const);
}
