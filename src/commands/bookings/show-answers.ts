import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import { actorOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { type BookingAnswer, readAllAnswers } from "#queries/booking-answers.ts";
import { logEvent } from "../log-event.ts";

type Show = { caller: MemberCaller | ApiKeyCaller; input: { bookingId: string } };

/**
 * What a customer answered, personal answers opened. That somebody looked at those is in the log.
 * Staff see only the answers of their own bookings. Refuses: checkout_unknown.
 */
export async function showAnswers({ caller, input: { bookingId } }: Show): Promise<BookingAnswer[]> {
  const { tenantId } = caller;
  return inTenant(tenantId, async (tx) => {
    const booking = await tx.selectFrom("booking").select("professional_id").where("id", "=", bookingId).executeTakeFirst();
    const isOthers = caller.kind === "member" && caller.role === "staff" && booking?.professional_id !== caller.professionalId;
    if (!booking || isOthers) throw new Refusal("checkout_unknown");
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
