import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { prepareDatabase } from "./own-database.ts";
import { addProfessional, type Slots, tenantWithSlots } from "./tenant-with-slots.ts";

const database = prepareDatabase();
let slots: Slots;
beforeAll(async () => {
  slots = await tenantWithSlots(database.owner);
});

const [start, end] = ["2030-01-07T09:00:00Z", "2030-01-07T09:30:00Z"];
const wish = (professionalId: string) => ({
  ...{ tenantId: slots.tenant, id: randomUUID(), professionalId, serviceId: slots.services[30], start, end, from: start, until: end },
  ...{ sessionHash: randomUUID(), isNewSession: true, addressHash: randomUUID(), holdMinutes: 10, offer: {} },
});

test("in one batch, what was just refused at one professional is not refused at the next without a look", async () => {
  const other = await addProfessional(database.owner, slots);
  const wishes = [wish(slots.professional), wish(slots.professional), wish(slots.professional), wish(other), wish(other)];
  const { rows } = await database.owner.query<{ outcome: string }>("select outcome from hold_slots($1, 9)", [JSON.stringify(wishes)]);
  expect(rows.map(({ outcome }) => outcome)).toEqual(["held", "slot_taken", "slot_taken", "held", "slot_taken"]);
});
