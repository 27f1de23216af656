import { showAnswers } from "#commands/bookings/show-answers.ts";
import { archiveService } from "#commands/services/archive-service.ts";
import { createService } from "#commands/services/create-service.ts";
import { orderServices } from "#commands/services/order-services.ts";
import { restoreService } from "#commands/services/restore-service.ts";
import { updateService } from "#commands/services/update-service.ts";
import type { serviceOperations } from "#contracts/operations/services.ts";
import { loadService, loadServices } from "#queries/merchant/services.ts";
import type { HandlersOf } from "../route.ts";
import { madeOnce } from "./made-once.ts";

export const serviceHandlers: HandlersOf<typeof serviceOperations> = {
  listServices: ({ caller: { tenantId }, input: { query } }) => loadServices({ tenantId, ...query }),

  async createService({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const make = () => createService({ caller, input: { ...body, tenantId, isLast: true } });
    const { id } = await madeOnce({ caller, key, makes: "service", request: body }, make);
    return loadService({ tenantId, serviceId: id });
  },

  async orderServices({ caller, input: { body } }) {
    await orderServices({ caller, input: { tenantId: caller.tenantId, ids: body.ids } });
    return undefined;
  },

  getService: ({ caller: { tenantId }, input }) => loadService({ tenantId, serviceId: input.params.id }),

  async updateService({ caller, input: { params, body } }) {
    const { version: seenVersion, ...changes } = body;
    const { tenantId } = caller;
    await updateService({ caller, input: { tenantId, serviceId: params.id, changes, seenVersion } });
    return loadService({ tenantId, serviceId: params.id });
  },

  async archiveService({ caller, input: { params } }) {
    await archiveService({ caller, input: { tenantId: caller.tenantId, serviceId: params.id } });
    return undefined;
  },

  async restoreService({ caller, input: { params } }) {
    const { tenantId } = caller;
    await restoreService({ caller, input: { tenantId, serviceId: params.id } });
    return loadService({ tenantId, serviceId: params.id });
  },

  getBookingAnswers: async ({ caller, input }) => ({ answers: await showAnswers({ caller, input: { bookingId: input.params.id } }) }),
};
