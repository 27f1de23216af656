import { archiveLocation } from "#commands/locations/archive-location.ts";
import { createLocation } from "#commands/locations/create-location.ts";
import { restoreLocation } from "#commands/locations/restore-location.ts";
import { updateLocation } from "#commands/locations/update-location.ts";
import type { locationOperations } from "#contracts/operations/settings/locations.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Location } from "#contracts/settings/tenant.ts";
import { loadLocations } from "#queries/merchant/locations.ts";
import type { HandlersOf } from "../route.ts";
import { madeOnce } from "./made-once.ts";

export const locationHandlers: HandlersOf<typeof locationOperations> = {
  listLocations: async ({ caller }) => ({ locations: await loadLocations(caller.tenantId) }),

  async createLocation({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const make = () => createLocation({ caller, input: { ...body, tenantId } });
    return find(tenantId, await madeOnce({ caller, key, makes: "location", request: body }, make));
  },

  async updateLocation({ caller, input: { params, body } }) {
    const { tenantId } = caller;
    const { version: seenVersion, ...changes } = body;
    return find(tenantId, await updateLocation({ caller, input: { tenantId, locationId: params.id, changes, seenVersion } }));
  },

  async archiveLocation({ caller, input }) {
    await archiveLocation({ caller, input: { tenantId: caller.tenantId, locationId: input.params.id } });
    return undefined;
  },

  async restoreLocation({ caller, input }) {
    const { tenantId } = caller;
    return find(tenantId, await restoreLocation({ caller, input: { tenantId, locationId: input.params.id } }));
  },
};

async function find(tenantId: string, { id }: { id: string }): Promise<Location> {
  const found = (await loadLocations(tenantId)).find((location) => location.id === id);
  if (!found) throw new Refusal("location_unknown");
  return found;
}
