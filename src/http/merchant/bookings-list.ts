import { importBookings } from "#commands/bookings-import/import-bookings.ts";
import { bookingSight } from "#contracts/caller.ts";
import type { bookingsListOperations } from "#contracts/operations/desk/bookings-list.ts";
import { bookingColumns, bookingLines } from "#queries/desk/bookings-file.ts";
import { listBookings } from "#queries/desk/bookings-list.ts";
import type { HandlersOf } from "../route.ts";
import { csvAnswer } from "./csv.ts";

const pageDefault = 50;

export const bookingsListHandlers: HandlersOf<typeof bookingsListOperations> = {
  listBookings({ caller, input: { query } }) {
    const { cursor, limit = pageDefault, ...filters } = query;
    return listBookings({ tenantId: caller.tenantId, sight: bookingSight(caller), filters, cursor, limit });
  },

  exportBookings({ caller, input: { query }, c }) {
    const pages = bookingLines({ tenantId: caller.tenantId, sight: bookingSight(caller), filters: query });
    return csvAnswer(c, { name: "bookings", columns: bookingColumns, pages });
  },

  importBookings: ({ caller, input: { body } }) => importBookings({ caller, input: body }),
};
