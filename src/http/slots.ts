import { holdOnce } from "#commands/claims/hold-once.ts";
import { holdSlot } from "#commands/claims/hold-slot.ts";
import { releaseHold } from "#commands/claims/release-hold.ts";
import type { HoldAnswer } from "#contracts/checkout.ts";
import type { slotOperations } from "#contracts/operations/slots.ts";
import { metrics } from "#platform/metrics.ts";
import { loadAvailability } from "#queries/availability.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";
import { keepSession, requireCookies } from "./requests.ts";
import type { HandlersOf } from "./route.ts";

/** The first half of a customer's walk: options, slots, hold. */
export const slotHandlers: HandlersOf<typeof slotOperations> = {
  getBookingOptions: ({ input }) => loadBookingOptions(input.params.link),

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
    keepSession(c, hold.session);
    return hold;
  },

  async deleteHold({ caller, input }) {
    await releaseHold({ caller, input: { holdId: input.params.id } });
    return undefined;
  },
};

async function takeHold(asked: Parameters<typeof holdSlot>[0]): Promise<HoldAnswer> {
  const hold = await holdSlot(asked);
  metrics().holds.inc({ outcome: "held" });
  return hold;
}
