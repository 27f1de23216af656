import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { askForHold } from "#commands/claims/waiting-holds.ts";
import { sweep } from "#commands/sweep.ts";
import type { Offer } from "#contracts/offer.ts";
import { prepareDatabase } from "./own-database.ts";
import { type Slots, tenantWithSlots } from "./tenant-with-slots.ts";

const database = prepareDatabase();
let slots: Slots;

beforeEach(async () => {
  slots = await tenantWithSlots(database.owner);
});

const halfHour = 1_800_000;

const offer: Offer = {
  priceMinor: 10_000_000,
  amountMinor: 10_000_000,
  currency: "COP",
  durationMinutes: 30,
  chargeType: "total",
  capacityPolicy: "hold",
  online: false,
  cancellation: null,
};

function wishFor(start: number, changes: { id?: string; sessionHash?: string } = {}) {
  const claim = { start, end: start + halfHour, from: start, until: start + halfHour };
  const who = { sessionHash: `session-${randomUUID()}`, isNewSession: true, addressHash: null, holdMinutes: 10, offer };
  return {
    tenantId: slots.tenant,
    id: randomUUID(),
    professionalId: slots.professional,
    serviceId: slots.services[30] ?? "",
    ...claim,
    ...who,
    ...changes,
  };
}

test("a hold whose first answer was lost is held when it is asked for again with the same claim id, also for a new session", async () => {
  const wish = wishFor(Date.now() + 86_400_000);
  const first = await askForHold(wish);
  expect(first).toMatchObject({ outcome: "held", claim_id: wish.id });
  expect(await askForHold(wish)).toEqual(first);
  const { rows } = await database.owner.query("select id from slot_claim where tenant_id = $1", [slots.tenant]);
  expect(rows).toEqual([{ id: wish.id }]);
});

test("another customer who names that claim id gets nothing of it", async () => {
  const wish = wishFor(Date.now() + 86_400_000);
  await askForHold(wish);
  expect(await askForHold({ ...wish, sessionHash: "another" })).toMatchObject({ outcome: "slot_taken", claim_id: null });
});

test("a claim of another merchant takes nothing here, even if their professional had the same id", async () => {
  const theirs = await tenantWithSlots(database.owner);
  const start = Date.now() + 86_400_000;
  expect(await askForHold({ ...wishFor(start), tenantId: theirs.tenant })).toMatchObject({ outcome: "held" });
  const seenBy = async (tenant: string) =>
    (await database.owner.query("select from live_claims($1, $2, now(), now() + interval '2 days', '')", [tenant, slots.professional]))
      .rowCount;
  expect([await seenBy(theirs.tenant), await seenBy(slots.tenant)]).toEqual([1, 0]);
  expect(await askForHold(wishFor(start))).toMatchObject({ outcome: "held" });
});

test("a booked claim leaves the constraint five hours after its end, once no buffer of what begins now can reach it, and no sooner", async () => {
  // Whose claims they are does not matter here.
  await database.owner.query("set session_replication_role = replica");
  const minutesAgo = async (minutes: number) => {
    const id = randomUUID();
    await database.owner.query(
      `insert into slot_claim (tenant_id, id, professional_id, service_id, starts_at, ends_at, during, state, checkout_id)
       select $1, $2, $3, $4, starts_at, ends_at, tstzrange(starts_at, ends_at), 'booked', $2
       from (select now() - make_interval(mins => $5::int + 20) as starts_at, now() - make_interval(mins => $5::int) as ends_at) span`,
      [slots.tenant, id, slots.professional, slots.services[30], minutes],
    );
    return id;
  };
  const claims = { over: await minutesAgo(301), notYet: await minutesAgo(270), later: await minutesAgo(-600) };
  expect((await sweep()).retiredClaims).toBe(1);
  const { rows } = await database.owner.query<{ id: string; state: string }>("select id, state from slot_claim where tenant_id = $1", [
    slots.tenant,
  ]);
  expect(Object.fromEntries(rows.map((row) => [row.id, row.state]))).toEqual({
    [claims.over]: "past",
    [claims.notYet]: "booked",
    [claims.later]: "booked",
  });
});
