import { holdOnce } from "#commands/claims/hold-once.ts";
import { holdSlot } from "#commands/claims/hold-slot.ts";
import { releaseHold } from "#commands/claims/release-hold.ts";
import { offeredAtLink } from "#commands/payments/payment-offers.ts";
import { countVisit } from "#commands/visits/count-visit.ts";
import type { slotOperations } from "#contracts/operations/slots.ts";
import { metrics } from "#platform/metrics.ts";
import { loadAvailability } from "#queries/availability.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";
import { keepSession, requireCookies, visitOf } from "./requests.ts";
import type { HandlersOf } from "./route.ts";

/** The first half of a customer's walk: options, slots, hold. */
export const slotHandlers: HandlersOf<typeof slotOperations> = {
  async getBookingOptions({ input: { params } }) {
    const [options, connections] = await Promise.all([loadBookingOptions(params.link), offeredAtLink(params.link)]);
    const providers = [...new Set(connections.map(({ provider }) => provider))].map((id) => ({ id }));
    return { ...options, providers, connections };
  },

  getAvailability: ({ caller, input: { query } }) =>
    loadAvailability({
      link: query.link,
      serviceId: query.service,
      professionalId: query.professional,
      from: query.from,
      to: query.to,
      session: caller.session,
    }),

  async createHold({ caller, input: { body }, key, c }) {
    requireCookies(c);
    const hold =
      key === null ? await takeHold({ caller, input: body }) : await holdOnce({ caller, input: { request: body, key } }, takeHold);
    const { link, serviceId, professionalId } = body;
    countVisit({ visit: visitOf(c), link, step: "slot", serviceId, professionalId });
    const { session, ...forBrowser } = hold;
    if (!caller.isBrowser) return hold;
    // Only a new one, because another tab may have renewed it since this request began.
    if (caller.session === null) keepSession(c, session);
    return forBrowser;
  },

  async deleteHold({ caller, input }) {
    await releaseHold({ caller, input: { holdId: input.params.id } });
    return undefined;
  },

  async countVisit({ input: { body }, c }) {
    countVisit({ ...body, visit: visitOf(c) });
    return undefined;
  },
};

async function takeHold(asked: Parameters<typeof holdSlot>[0]): ReturnType<typeof holdSlot> {
  const hold = await holdSlot(asked);
  metrics().holds.inc({ outcome: "held" });
  return hold;
}
