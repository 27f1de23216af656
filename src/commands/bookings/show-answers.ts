import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import { actorOf } from "#contracts/caller.ts";
import { inTenant } from "#platform/db.ts";
import { type BookingAnswer, readAllAnswers } from "#queries/booking-answers.ts";
import { requireVisible, viewerOf } from "#queries/desk/booking-access.ts";
import { logEvent } from "../log-event.ts";

type Show = { caller: MemberCaller | ApiKeyCaller; input: { bookingId: string } };

/**
 * What a customer answered, personal answers opened. That somebody looked at those is in the log.
 * Staff see only the answers of their own bookings. Refuses: checkout_unknown.
 */
export async function showAnswers({ caller, input: { bookingId } }: Show): Promise<BookingAnswer[]> {
  const { tenantId } = caller;
  return inTenant(tenantId, async (tx) => {
    await requireVisible(tx, viewerOf(caller), bookingId);
    const answers = await readAllAnswers(tx, bookingId);
    if (answers.some(({ isPersonal }) => isPersonal))
      await logEvent(tx, {
        tenantId,
        subject: { kind: "checkout", id: bookingId },
        kind: "booking.answers_read",
        actor: actorOf(caller),
        origin: caller.origin,
      });
    return answers;
  });
}
