import { sql } from "kysely";
import { isPaid } from "#domain/checkout-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

type MeetingAddress = { tenantId: string; bookingId: string; meetingUrl: string; madeFor: { start: Date; end: Date } };

/**
 * Saves the customer's own link into the room. Whoever was told of the payment without the link is
 * now told once. `unpaid`: the booking is no longer paid, and the caller deletes the room. `moved`:
 * it has other times than the room was made for, and the caller makes it right.
 */
export async function saveMeetingUrl(input: MeetingAddress): Promise<"saved" | "unpaid" | "moved"> {
  return inTenant(input.tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").select("status").where("id", "=", input.bookingId).forUpdate().executeTakeFirst();
    if (!checkout || !isPaid(checkout.status)) return "unpaid";
    const { meeting_url, starts_at, ends_at } = await tx
      .selectFrom("booking")
      .select(["meeting_url", "starts_at", "ends_at"])
      .where("id", "=", input.bookingId)
      .executeTakeFirstOrThrow();
    const { start, end } = input.madeFor;
    if (starts_at.getTime() !== start.getTime() || ends_at.getTime() !== end.getTime()) return "moved";
    await tx.updateTable("booking").set({ meeting_url: input.meetingUrl }).where("id", "=", input.bookingId).execute();
    if (meeting_url === null) await tellThoseWhoWentAhead(tx, input);
    await sql`select pg_notify('konfirmado_checkout', ${input.bookingId})`.execute(tx);
    return "saved";
  });
}

/**
 * Follow-ups that waited for the room may have run without it (run-follow-up.ts). A callback whose
 * bytes are not written yet will contain the link itself.
 */
async function tellThoseWhoWentAhead(tx: Tx, { tenantId, bookingId }: MeetingAddress): Promise<void> {
  const { rows } = await sql<{ wentAhead: boolean; callbackLacksLink: boolean }>`
    select coalesce(bool_or(f.state <> 'waiting'), false) as "wentAhead",
      coalesce(bool_or(m.body::json #>> '{cita,enlace_reunion}' is null and m.id is not null), false) as "callbackLacksLink"
    from follow_up f join event e on e.tenant_id = f.tenant_id and e.id = f.event_id and e.kind = 'booking.paid'
      left join callback_message m on m.tenant_id = f.tenant_id and m.id = f.id
    where f.tenant_id = ${tenantId} and f.subject_id = ${bookingId} and f.waits_for = 'create-room'`.execute(tx);
  const [told] = rows;
  if (!told?.wentAhead) return;
  const facts = { traits: ["online"], wasPaid: true, hasCallback: told.callbackLacksLink };
  const subject = { kind: "checkout", id: bookingId } as const;
  await logEvent(tx, { tenantId, subject, kind: "booking.room_ready", actor: "system", facts });
}
