import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import type { calendarOperations } from "#contracts/operations/desk/calendar.ts";
import { loadCalendar, type Sight } from "#queries/desk/calendar.ts";
import type { HandlersOf } from "../route.ts";

export const calendarHandlers: HandlersOf<typeof calendarOperations> = {
  getCalendar({ caller, input: { query } }) {
    const { from, to, professional } = query;
    return loadCalendar({ tenantId: caller.tenantId, from, to, sight: sightOf(caller, professional) });
  },
};

/** Staff see their own, whatever they ask for. */
function sightOf(caller: MemberCaller | ApiKeyCaller, professionalId: string | undefined): Sight {
  if (caller.kind === "member" && caller.role === "staff") {
    const isOwn = professionalId === undefined || professionalId === caller.professionalId;
    return { professionalId: isOwn ? caller.professionalId : null, seesPhones: caller.seesPhones };
  }
  return { ...(professionalId !== undefined && { professionalId }), seesPhones: true };
}
