import { answerOnce, ownerOf } from "#commands/answer-once.ts";
import { startBooking } from "#commands/bookings/start-booking.ts";
import { retryPayment } from "#commands/checkouts/retry-payment.ts";
import type { bookingOperations } from "#contracts/operations/bookings.ts";
import { loadBookingCalendar } from "#queries/booking-calendar.ts";
import { loadBookingState } from "#queries/booking-state.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import { bookingEvents } from "./booking-events.ts";
import type { HandlersOf } from "./route.ts";

/** The second half of a customer's walk: booking, payment, status. */
export const bookingHandlers: HandlersOf<typeof bookingOperations> = {
  async createBooking({ caller, input: { body }, key }) {
    const start = () => startBooking({ caller, input: { request: body, locale: body.locale ?? null } });
    if (key === null) return start();
    const tenantId = (await loadCatalog(body.link)).tenant.id;
    return answerOnce({ tenantId, makes: "booking", owner: ownerOf(caller), key, request: body }, start);
  },

  async createPayment({ caller, input: { params, query, body }, key }) {
    const request = { bookingId: params.id, provider: body.provider };
    const token = query.token ?? null;
    const pay = () => retryPayment({ caller, input: { checkoutId: params.id, token, provider: body.provider } });
    if (key === null) return pay();
    const tenantId = await tenantOfCheckout(params.id);
    return answerOnce({ tenantId, makes: "payment", owner: ownerOf(caller, token), key, request }, pay);
  },

  getBookingStatus: ({ input }) => loadBookingState({ bookingId: input.params.id, token: input.query.token }),

  streamBookingEvents: ({ input, c }) => bookingEvents(c, { bookingId: input.params.id, token: input.query.token }),

  async getBookingCalendar({ input, c }) {
    const file = await loadBookingCalendar({ bookingId: input.params.id, token: input.query.token });
    return c.body(file, 200, {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="cita.ics"',
    });
  },
};
