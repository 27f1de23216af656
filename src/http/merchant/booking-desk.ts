import type { bookingDeskOperations } from "#contracts/operations/desk/booking.ts";
import { Refusal } from "#contracts/problem.ts";
import { viewerOf } from "#queries/desk/booking-access.ts";
import { loadDeliveries } from "#queries/desk/booking-deliveries.ts";
import { loadDeskBooking } from "#queries/desk/booking-page.ts";
import { loadTimeline } from "#queries/desk/booking-timeline.ts";
import type { HandlersOf } from "../route.ts";

/** The process hands the worker's templates in. Returns null if there is no such mail. */
export type RenderBookingMail = (input: { tenantId: string; bookingId: string; followUpId: string }) => Promise<string | null>;

export const bookingDeskHandlers = (renderMail: RenderBookingMail | undefined): HandlersOf<typeof bookingDeskOperations> => ({
  getBooking: ({ caller, input }) => loadDeskBooking({ viewer: viewerOf(caller), bookingId: input.params.id }),

  getBookingTimeline: ({ caller, input }) => loadTimeline({ viewer: viewerOf(caller), bookingId: input.params.id }),

  getBookingDeliveries: ({ caller, input }) => loadDeliveries({ viewer: viewerOf(caller), bookingId: input.params.id }),

  async getBookingMail({ caller: { tenantId }, input: { params }, c }) {
    const html = await renderMail?.({ tenantId, bookingId: params.id, followUpId: params.followUp });
    if (!html) throw new Refusal("checkout_unknown");
    return c.html(html);
  },
});
