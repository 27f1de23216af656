import { sql } from "kysely";
import type { BookingStatus } from "#contracts/checkout.ts";
import { isBookingPaid } from "#domain/checkout-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

type MeetingAddress = { tenantId: string; bookingId: string; meetingUrl: string };

/**
 * The customer's own link into the room. Whoever was told of the payment without it hears of it now, once. False: the booking is no longer
 * paid, and the room must go.
 */
export async function saveMeetingUrl(input: MeetingAddress): Promise<boolean> {
  return inTenant(input.tenantId, async (tx) => {
    const booking = await tx
      .selectFrom("booking")
      .select(["status", "meeting_url"])
      .where("id", "=", input.bookingId)
      .forUpdate()
      .executeTakeFirst();
    if (!booking || !isBookingPaid(booking.status as BookingStatus)) return false;
    await tx
      .updateTable("booking")
      .set({ meeting_url: input.meetingUrl, updated_at: sql`now()` })
      .where("id", "=", input.bookingId)
      .execute();
    if (booking.meeting_url === null) await tellThoseWhoWentAhead(tx, input);
    await sql`select pg_notify('konfirmado_booking', ${input.bookingId})`.execute(tx);
    return true;
  });
}

/** What waited for the room may have gone ahead without it (run-follow-up.ts). A callback whose bytes are not made yet will hold the link itself. */
async function tellThoseWhoWentAhead(tx: Tx, { tenantId, bookingId }: MeetingAddress): Promise<void> {
  const { rows } = await sql<{ wentAhead: boolean; callbackLacksLink: boolean }>`
    select coalesce(bool_or(f.state <> 'waiting'), false) as "wentAhead",
      coalesce(bool_or(m.body::json #>> '{cita,enlace_reunion}' is null and m.id is not null), false) as "callbackLacksLink"
    from follow_up f join event e on e.tenant_id = f.tenant_id and e.id = f.event_id and e.kind = 'booking.paid'
      left join callback_message m on m.tenant_id = f.tenant_id and m.id = f.id
    where f.tenant_id = ${tenantId} and f.subject_id = ${bookingId} and f.waits_for = 'create-room'`.execute(tx);
  const [told] = rows;
  if (!told?.wentAhead) return;
  const subject = { kind: "booking", id: bookingId } as const;
  const facts = { online: true, wasPaid: true, hasCallback: told.callbackLacksLink };
  await logEvent(tx, { tenantId, subject, kind: "booking.room_ready", actor: "system", facts });
}
