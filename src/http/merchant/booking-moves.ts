import { movePriced } from "#commands/desk/move-priced.ts";
import type { moveOperations } from "#contracts/operations/desk/moves.ts";
import { loadMovedBooking } from "#queries/desk/moved-booking.ts";
import type { HandlersOf } from "../route.ts";

export const moveHandlers: HandlersOf<typeof moveOperations> = {
  async moveBooking({ caller, input: { params, body } }) {
    const { professionalId, start, expected, notify: tellsCustomer, ignoreHours: ignoresHours, price } = body;
    const { tenantId } = caller;
    const to = { professionalId, start };
    await movePriced({ caller, input: { tenantId, bookingId: params.id, to, expected, tellsCustomer, ignoresHours, price } });
    return loadMovedBooking(tenantId, params.id);
  },
};
