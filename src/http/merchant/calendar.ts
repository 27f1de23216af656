import { bookingSight } from "#contracts/caller.ts";
import type { calendarOperations } from "#contracts/operations/desk/calendar.ts";
import { loadCalendar } from "#queries/desk/calendar.ts";
import type { HandlersOf } from "../route.ts";

export const calendarHandlers: HandlersOf<typeof calendarOperations> = {
  getCalendar({ caller, input: { query } }) {
    const { from, to, professional: professionalId } = query;
    return loadCalendar({ tenantId: caller.tenantId, from, to, sight: bookingSight(caller), professionalId });
  },
};
