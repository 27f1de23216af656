import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { ShippingKind } from "#contracts/shop-desk/limits.ts";
import type { ShippingChanges, WeightStep } from "#contracts/shop-desk/shipping.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { optionColumns, requireFit } from "./option-columns.ts";

type Update = {
  caller: Caller;
  input: { tenantId: string; optionId: string; changes: ShippingChanges; seenVersion?: number | undefined };
};

/**
 * Its kind stays. Whoever is paying keeps what they chose. Refuses: tenant_unknown,
 * shipping_unknown, location_unknown, changed_meanwhile, invalid_request.
 */
export async function updateShippingOption({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, optionId: id, changes, seenVersion } = input;
  const ids = { shippingOptionId: id };
  return changeCatalog({ caller, tenantId, kind: "shipping_option.updated", ids }, async (tx, note) => {
    const { rows } = await sql<Whole>`
      select kind, weight_steps as "weightSteps", location_id as "locationId", days_min as "daysMin", days_max as "daysMax"
      from shipping_option where tenant_id = ${tenantId} and id = ${id} and deleted_at is null for no key update`.execute(tx);
    const [before] = rows;
    if (before) {
      const { weightSteps, locationId, daysMin, daysMax } = changes;
      requireFit({
        kind: before.kind,
        weightSteps: weightSteps ?? before.weightSteps,
        locationId: locationId === undefined ? before.locationId : locationId,
        daysMin: daysMin === undefined ? before.daysMin : daysMin,
        daysMax: daysMax === undefined ? before.daysMax : daysMax,
      });
    }
    const hasPrice = [changes.priceMinor, changes.weightSteps, changes.freeFromMinor].some((given) => given !== undefined);
    const currency = hasPrice && { currency: sql<string>`(select currency from tenant where tenant_id = ${tenantId})` };
    const set = { ...(await optionColumns(tx, tenantId, changes)), ...currency };
    note(await changeRow(tx, { table: "shipping_option", tenantId, id, set, seenVersion }));
    return { id };
  });
}

type Whole = {
  kind: ShippingKind;
  weightSteps: WeightStep[];
  locationId: string | null;
  daysMin: number | null;
  daysMax: number | null;
};
