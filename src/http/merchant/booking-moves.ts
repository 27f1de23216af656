import { moveBooking } from "#commands/bookings/move-booking.ts";
import type { moveOperations } from "#contracts/operations/desk/moves.ts";
import { loadMovedBooking } from "#queries/desk/moved-booking.ts";
import type { HandlersOf } from "../route.ts";

export const moveHandlers: HandlersOf<typeof moveOperations> = {
  async moveBooking({ caller, input: { params, body } }) {
    const { professionalId, start, expected, notify: tellsCustomer, ignoreHours: ignoresHours } = body;
    const { tenantId } = caller;
    const to = { professionalId, start };
    await moveBooking({ caller, input: { tenantId, bookingId: params.id, to, expected, tellsCustomer, ignoresHours } });
    return loadMovedBooking(tenantId, params.id);
  },
};
