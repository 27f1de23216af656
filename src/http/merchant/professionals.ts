import { addException } from "#commands/openings/add-exception.ts";
import { removeException } from "#commands/openings/remove-exception.ts";
import { setWeeklyHours } from "#commands/openings/set-weekly-hours.ts";
import { archiveProfessional } from "#commands/professionals/archive-professional.ts";
import { createProfessional } from "#commands/professionals/create-professional.ts";
import { orderProfessionals } from "#commands/professionals/order-professionals.ts";
import { restoreProfessional } from "#commands/professionals/restore-professional.ts";
import { updateProfessional } from "#commands/professionals/update-professional.ts";
import { type ApiKeyCaller, type MemberCaller, seesBookingsOf } from "#contracts/caller.ts";
import type { professionalOperations } from "#contracts/operations/professionals.ts";
import { listOpeningExceptions } from "#queries/professionals/opening-exceptions.ts";
import { listProfessionals, loadProfessional } from "#queries/professionals/professionals.ts";
import type { HandlersOf } from "../route.ts";
import { madeOnce } from "./made-once.ts";

/** Every answer is read after the change was written. */
export const professionalHandlers: HandlersOf<typeof professionalOperations> = {
  listProfessionals: ({ caller: { tenantId }, input }) => listProfessionals({ tenantId, isArchived: input.query.archived === "true" }),

  async createProfessional({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const make = () => createProfessional({ caller, input: { ...body, tenantId } });
    const { id } = await madeOnce({ caller, key, makes: "professional", request: body }, make);
    return loadProfessional({ tenantId, professionalId: id });
  },

  getProfessional: ({ caller, input }) => loadProfessional(placeOf(caller, input)),

  async updateProfessional({ caller, input }) {
    const { version, ...changes } = input.body;
    const place = placeOf(caller, input);
    await updateProfessional({ caller, input: { ...place, changes, seenVersion: version } });
    return loadProfessional(place);
  },

  async archiveProfessional({ caller, input }) {
    await archiveProfessional({ caller, input: placeOf(caller, input) });
    return undefined;
  },

  async restoreProfessional({ caller, input }) {
    const place = placeOf(caller, input);
    await restoreProfessional({ caller, input: place });
    return loadProfessional(place);
  },

  async orderProfessionals({ caller, input: { body } }) {
    const { tenantId } = caller;
    await orderProfessionals({ caller, input: { tenantId, ids: body.ids } });
    return listProfessionals({ tenantId });
  },

  async setProfessionalHours({ caller, input }) {
    const { hours, version } = input.body;
    const place = placeOf(caller, input);
    await setWeeklyHours({ caller, input: { ...place, hours, seenVersion: version } });
    return loadProfessional(place);
  },

  listOpeningExceptions: ({ caller, input }) => exceptionsFor(caller, input),

  async addOpeningException({ caller, input, key }) {
    const add = () => addException({ caller, input: { ...placeOf(caller, input), exception: input.body } });
    await madeOnce({ caller, key, makes: "opening_exception", request: input }, add);
    return exceptionsFor(caller, input);
  },

  async removeOpeningException({ caller, input }) {
    await removeException({ caller, input: { ...placeOf(caller, input), exceptionId: input.params.exception } });
    return undefined;
  },
};

type Merchant = MemberCaller | ApiKeyCaller;
type OfProfessional = { params: { id: string } };

function placeOf({ tenantId }: Merchant, { params }: OfProfessional): { tenantId: string; professionalId: string } {
  return { tenantId, professionalId: params.id };
}

function exceptionsFor(caller: Merchant, input: OfProfessional) {
  const place = placeOf(caller, input);
  return listOpeningExceptions({ ...place, seesBookings: seesBookingsOf(caller, place.professionalId) });
}
