import { answerOnce, ownerOf } from "#commands/answer-once.ts";
import { startBooking } from "#commands/bookings/start-booking.ts";
import { retryPayment } from "#commands/checkouts/retry-payment.ts";
import { cancelOwn } from "#commands/desk/cancel-own.ts";
import { moveOwn } from "#commands/desk/move-own.ts";
import { countVisit } from "#commands/visits/count-visit.ts";
import type { Customer } from "#contracts/caller.ts";
import type { BookingRequest, CheckoutAnswer } from "#contracts/checkout.ts";
import type { bookingOperations } from "#contracts/operations/bookings.ts";
import { loadBookingCalendar } from "#queries/booking-calendar.ts";
import { loadBookingState } from "#queries/booking-state.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import { renewedSession } from "#queries/sessions.ts";
import { keepSession, visitOf } from "./requests.ts";
import type { HandlersOf } from "./route.ts";
import { stateEvents } from "./streams/state-events.ts";

/** The second half of a customer's walk: booking, payment, status. */
export const bookingHandlers: HandlersOf<typeof bookingOperations> = {
  async createBooking({ caller, input: { body }, key, c }) {
    let isRenewed = false;
    const session = renewalOf(caller, body, key);
    const onRenewed = () => {
      isRenewed = true;
    };
    const renewal = session === null ? null : { session, onRenewed };
    const { link, provider, campaign } = body;
    const slot = "serviceId" in body ? { serviceId: body.serviceId, professionalId: body.professionalId } : {};
    const seen = { visit: visitOf(c), link, provider, campaign, ...slot };
    countVisit({ ...seen, step: "details" });
    const start = async () => {
      const answer = await startBooking({ caller, input: { request: body, locale: body.locale ?? null, renewal } });
      return { ...answer, isRenewed };
    };
    try {
      const answer = key === null ? await start() : await startOnce({ caller, request: body, key }, start);
      isRenewed ||= answer.isRenewed;
      countVisit({ ...seen, step: "payment", checkoutId: answer.id });
      return withoutRenewal(answer);
    } finally {
      // Also with a refusal, because the booking may stand although the provider gave no page.
      if (isRenewed && session !== null) keepSession(c, session);
    }
  },

  async createPayment({ caller, input: { params, query, body }, key }) {
    const { provider, connection: connectionId, document, acceptedTerms } = body;
    const request = { bookingId: params.id, provider, ...(connectionId && { connectionId }) };
    const token = query.token ?? null;
    const pay = () => retryPayment({ caller, input: { checkoutId: params.id, token, provider, connectionId, document, acceptedTerms } });
    if (key === null) return pay();
    const tenantId = await tenantOfCheckout(params.id);
    return answerOnce({ tenantId, makes: "payment", owner: ownerOf(caller, token), key, request }, pay);
  },

  async cancelOwnBooking({ caller, input: { params, query, body } }) {
    const own = { bookingId: params.id, token: query.token };
    await cancelOwn({ caller, input: { ...own, seenBackMinor: body.backMinor } });
    return loadBookingState(own);
  },

  async moveOwnBooking({ caller, input: { params, query, body } }) {
    const own = { bookingId: params.id, token: query.token };
    await moveOwn({ caller, input: { ...own, ...body } });
    return loadBookingState(own);
  },

  getBookingStatus: ({ input }) => loadBookingState({ bookingId: input.params.id, token: input.query.token }),

  streamBookingEvents: ({ input, c }) => {
    const wanted = { bookingId: input.params.id, token: input.query.token };
    return stateEvents(c, { checkoutId: wanted.bookingId, load: () => loadBookingState(wanted) });
  },

  async getBookingCalendar({ input, c }) {
    const file = await loadBookingCalendar({ bookingId: input.params.id, token: input.query.token });
    return c.body(file, 200, {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="cita.ics"',
    });
  },
};

type Started = CheckoutAnswer & { isRenewed: boolean };
type Once = { caller: Customer; request: BookingRequest; key: string };

/** Not even a hash of the customer's document is kept. */
async function startOnce({ caller, request: { document: _, ...request }, key }: Once, start: () => Promise<Started>): Promise<Started> {
  const tenantId = (await loadCatalog(request.link)).tenant.id;
  return answerOnce({ tenantId, makes: "booking", owner: ownerOf(caller), key, request }, start);
}

function renewalOf({ isBrowser, session }: Customer, request: BookingRequest, key: string | null): string | null {
  return isBrowser && session !== null && "holdId" in request ? renewedSession({ session, holdId: request.holdId, key }) : null;
}

function withoutRenewal({ isRenewed: _, ...answer }: Started): CheckoutAnswer {
  return answer;
}
