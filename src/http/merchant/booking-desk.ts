import { addNote } from "#commands/bookings/add-note.ts";
import { enterRoom } from "#commands/bookings/host-url.ts";
import { resendConfirmation } from "#commands/bookings/resend-confirmation.ts";
import { setAttendance } from "#commands/bookings/set-attendance.ts";
import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { cancelAfterClosing } from "#commands/settlement/cancel-after-closing.ts";
import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import type { bookingDeskOperations } from "#contracts/operations/desk/booking.ts";
import { Refusal } from "#contracts/problem.ts";
import { requireBooking, viewerOf } from "#queries/desk/booking-access.ts";
import { loadDeliveries } from "#queries/desk/booking-deliveries.ts";
import { loadDeskBooking } from "#queries/desk/booking-page.ts";
import { restOfBooking } from "#queries/desk/booking-rest.ts";
import { loadTimeline } from "#queries/desk/booking-timeline.ts";
import { requireWithdrawal } from "#queries/desk/withdrawal.ts";
import type { HandlersOf } from "../route.ts";
import { changedOnce } from "./changed-once.ts";

/** The process hands the worker's templates in. Returns null if there is no such mail. */
export type RenderCheckoutMail = (input: { tenantId: string; checkoutId: string; followUpId: string }) => Promise<string | null>;

/** One booking at the reception. */
export const bookingDeskHandlers = (renderMail: RenderCheckoutMail | undefined): HandlersOf<typeof bookingDeskOperations> => ({
  getBooking: ({ caller, input }) => shown(caller, input.params.id),

  getBookingTimeline: ({ caller, input }) => loadTimeline({ viewer: viewerOf(caller), bookingId: input.params.id }),

  getBookingDeliveries: ({ caller, input }) => loadDeliveries({ viewer: viewerOf(caller), bookingId: input.params.id }),

  async getBookingMail({ caller: { tenantId }, input: { params }, c }) {
    const html = await renderMail?.({ tenantId, checkoutId: params.id, followUpId: params.followUp });
    if (!html) throw new Refusal("follow_up_unknown");
    return c.html(html);
  },

  async cancelBooking({ caller, input: { params, body }, key }) {
    const { tenantId } = caller;
    const cancel = () => cancelAfterClosing({ caller, input: { ...body, tenantId, checkoutId: params.id } });
    return changedOnce({ caller, makes: "cancellation", key, bookingId: params.id, request: body }, cancel);
  },

  async refundBooking({ caller, input: { params, body }, key }) {
    const { tenantId } = caller;
    const { of, ...wish } = body;
    const refund = async () => {
      if (body.reason === "withdrawal") await requireWithdrawal({ tenantId, bookingId: params.id, withdrawnOn: body.withdrawnOn });
      const checkoutId = of === "rest" ? await restOfBooking(tenantId, params.id) : params.id;
      await requestRefund({ caller, input: { ...wish, tenantId, checkoutId } });
    };
    return changedOnce({ caller, makes: "refund", key, bookingId: params.id, request: body }, refund);
  },

  async answerBookingReversal({ caller, input: { params, body } }) {
    await requireBooking({ viewer: viewerOf(caller), bookingId: params.id });
    const isAnswered = await answerReversal({ caller, input: { tenantId: caller.tenantId, checkoutId: params.id, answer: body.answer } });
    const booking = await shown(caller, params.id);
    // A repeat finds its own answer.
    if (!isAnswered && booking.reversalAnswer !== body.answer) throw new Refusal("changed_meanwhile");
    return booking;
  },

  async setBookingAttendance({ caller, input: { params, body } }) {
    await setAttendance({ caller, input: { ...body, bookingId: params.id } });
    return shown(caller, params.id);
  },

  async addBookingNote({ caller, input: { params, body }, key }) {
    const add = () => addNote({ caller, input: { ...body, bookingId: params.id } });
    return changedOnce({ caller, makes: "booking_note", key, bookingId: params.id, request: body }, add);
  },

  enterBookingRoom: async ({ caller, input }) => ({ url: await enterRoom({ caller, input: { bookingId: input.params.id } }) }),

  async resendBookingMail({ caller, input: { params }, key }) {
    const resend = () => resendConfirmation({ caller, input: { bookingId: params.id } });
    return changedOnce({ caller, makes: "resent_mail", key, bookingId: params.id, request: null }, resend);
  },

  async runBookingFollowUp({ caller, input: { params } }) {
    const { tenantId } = caller;
    const place = { viewer: viewerOf(caller), bookingId: params.id };
    const { followUps } = await loadDeliveries(place);
    if (!followUps.some(({ id }) => id === params.followUp)) throw new Refusal("follow_up_unknown");
    const isStarted = await runFollowUpAgain({ caller, input: { tenantId, followUpId: params.followUp, subjectId: params.id } });
    if (!isStarted) throw new Refusal("follow_up_over");
    return loadDeliveries(place);
  },
});

function shown(caller: MemberCaller | ApiKeyCaller, bookingId: string): Promise<DeskBooking> {
  return loadDeskBooking({ viewer: viewerOf(caller), bookingId });
}
