import { sql } from "kysely";
import { type ApiKeyCaller, actorOf, type MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Attendance, CheckoutStatus } from "#domain/checkout-states.ts";
import { attendanceRefusal } from "#domain/desk/attendance.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { requireVisible, viewerOf } from "#queries/desk/booking-access.ts";
import { logEvent } from "../log-event.ts";

type Setting = { caller: MemberCaller | ApiKeyCaller; input: { bookingId: string; attendance: Attendance | null } };

/**
 * Says whether the customer came; null takes it back. Does nothing if it says so already. Refuses:
 * checkout_unknown, booking_not_standing, attendance_too_early, attendance_settled.
 */
export async function setAttendance({ caller, input: { bookingId, attendance } }: Setting): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    await requireVisible(tx, viewerOf(caller), bookingId);
    // Cancelling takes the same lock: one of the two is first, and the other is told.
    await tx.selectFrom("checkout").select("id").where("id", "=", bookingId).forUpdate().execute();
    const { before, ...days } = await readDays(tx, bookingId);
    if (before === attendance) return;
    const refusal = attendanceRefusal(days);
    if (refusal) throw new Refusal(refusal);
    await tx
      .updateTable("booking")
      .set({ attendance, attended_at: attendance && sql<Date>`now()` })
      .where("id", "=", bookingId)
      .execute();
    const subject = { kind: "checkout", id: bookingId } as const;
    const details = { attendance, before };
    await logEvent(tx, { tenantId, subject, kind: "booking.attendance_set", details, actor: actorOf(caller), origin: caller.origin });
  });
}

type Days = { before: Attendance | null; status: CheckoutStatus; startsOn: string; saidOn: string | null; today: string };

async function readDays(tx: Tx, bookingId: string): Promise<Days> {
  const { rows } = await sql<Days>`
    select b.attendance as before, k.status,
      (b.starts_at at time zone t.timezone)::date::text as "startsOn",
      (b.attended_at at time zone t.timezone)::date::text as "saidOn",
      (now() at time zone t.timezone)::date::text as today
    from booking b
    join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    join tenant t on t.tenant_id = b.tenant_id
    where b.tenant_id = current_tenant() and b.id = ${bookingId}`.execute(tx);
  const [days] = rows;
  if (!days) throw new Refusal("checkout_unknown");
  return days;
}
