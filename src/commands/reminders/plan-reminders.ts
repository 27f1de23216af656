import { sql } from "kysely";
import { isPaid } from "#domain/checkout-states.ts";
import { inSystemPerTenant, inTenant } from "#platform/db.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { logEvent } from "../log-event.ts";

const plannedAtOnceMax = 500;
/** Whoever is about to ring the bell needs no mail. */
const minutesBeforeMin = 10;

type Due = { tenantId: string; bookingId: string; start: Date; hoursBefore: number };

/**
 * Plans the mails before appointments whose moment has come. It asks where the booking stands now,
 * so that a moved one is reminded of its new time, and a cancelled one of nothing. Of two moments
 * that a pause has left behind, the nearer counts. Whoever was told later than the moment (they
 * have just booked or moved) needs no reminder.
 */
export async function planReminders(): Promise<void> {
  const found = await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<Due>`
      select distinct on (b.tenant_id, b.id)
        b.tenant_id as "tenantId", b.id as "bookingId", b.starts_at as start, wish.hours as "hoursBefore"
      from tenant t
        join booking b on b.tenant_id = t.tenant_id
          and b.starts_at > now() + make_interval(mins => ${minutesBeforeMin})
          and b.starts_at <= now() + make_interval(hours => greatest(t.first_reminder_hours, t.second_reminder_hours))
        join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
        cross join lateral (values (t.first_reminder_hours), (t.second_reminder_hours)) as wish (hours)
        cross join lateral (select b.starts_at - make_interval(hours => wish.hours) as at) due
      where k.status in ('paid', 'confirmed') and k.customer_email <> ''
        and due.at <= now()
        and not exists (
          select from booking_reminder r
          where r.tenant_id = b.tenant_id and r.booking_id = b.id and r.starts_at = b.starts_at and r.hours_before <= wish.hours
        )
        and not exists (
          select from event e
          where e.tenant_id = b.tenant_id and e.subject_id = b.id and e.created_at >= due.at
            and e.kind in ('booking.paid', 'booking.rescheduled', 'booking.imported')
        )
        and ${tenantId === null ? sql`true` : sql`t.tenant_id = ${tenantId}`}
      order by b.tenant_id, b.id, wish.hours
      limit ${plannedAtOnceMax}`.execute(tx);
    return rows;
  });
  for (const due of found.flat()) await plan(due);
}

/** Under the booking's lock: a cancellation or a move is seen, or sees it. */
async function plan({ tenantId, bookingId, start, hoursBefore }: Due): Promise<void> {
  await inTenant(tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, bookingId);
    const booking = await tx.selectFrom("booking").select("starts_at").where("id", "=", bookingId).executeTakeFirst();
    if (!checkout || !isPaid(checkout.status) || booking?.starts_at.getTime() !== start.getTime()) return;
    const planned = await tx
      .insertInto("booking_reminder")
      .values({ tenant_id: tenantId, booking_id: bookingId, starts_at: start, hours_before: hoursBefore })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (planned.numInsertedOrUpdatedRows === 0n) return;
    await logEvent(tx, {
      tenantId,
      subject: { kind: "checkout", id: bookingId },
      kind: "booking.reminder_due",
      details: { start: start.toISOString(), hoursBefore },
      actor: "system",
      facts: { traits: checkout.traits, wasPaid: true },
    });
  });
}
