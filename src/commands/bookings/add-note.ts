import { type Actor, type ApiKeyCaller, actorOf, type MemberCaller, type Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { requireVisible, viewerOf } from "#queries/desk/booking-access.ts";
import { logEvent } from "../log-event.ts";

/** A booking with more has become a diary. */
const notesMax = 100;

type Adding = { caller: MemberCaller | ApiKeyCaller; input: { bookingId: string; text: string } };

/** For the merchant's people alone. Refuses: checkout_unknown, limit_reached. */
export async function addNote({ caller, input: { bookingId, text } }: Adding): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    await requireVisible(tx, viewerOf(caller), bookingId);
    await insertNote(tx, { tenantId, bookingId, text, actor: actorOf(caller), origin: caller.origin });
  });
}

type Note = { tenantId: string; bookingId: string; text: string; actor: Actor; origin?: Origin | undefined };

/** The event says that there is a note, and never what it says. Refuses: limit_reached. */
export async function insertNote(tx: Tx, { tenantId, bookingId, text, actor, origin }: Note): Promise<void> {
  const { count } = await tx
    .selectFrom("booking_note")
    .select((table) => table.fn.countAll<number>().as("count"))
    .where("booking_id", "=", bookingId)
    .executeTakeFirstOrThrow();
  if (count >= notesMax) throw new Refusal("limit_reached");
  const id = newId();
  await tx.insertInto("booking_note").values({ tenant_id: tenantId, id, booking_id: bookingId, text, actor }).execute();
  await logEvent(tx, {
    tenantId,
    subject: { kind: "checkout", id: bookingId },
    kind: "booking.note_added",
    details: { noteId: id },
    actor,
    origin,
  });
}
