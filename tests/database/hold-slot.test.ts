import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { holdSlot } from "#commands/claims/hold-slot.ts";
import { Refusal } from "#contracts/problem.ts";
import { appPool, closeDb } from "#platform/db.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { checkViolation, connectAs } from "./roles.ts";
import { addProfessional, type Slots, tenantWithSlots, useDatabase } from "./tenant-with-slots.ts";

type Answer = { outcome: string; id: string; expiresAt: string };
type Wish = { at: string; minutes?: number; session?: string | null; address?: string; professional?: string };

const holdsPerAddress = 2;
const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
let database: TestDatabase;
let owner: pg.Client;
let slots: Slots;
let other: string;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectAs(database.url, "owner");
  useDatabase(database.url, { HOLDS_PER_ADDRESS: String(holdsPerAddress) });
});
afterAll(async () => {
  await closeDb();
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  slots = await tenantWithSlots(owner, [10, 30, 180]);
  other = await addProfessional(owner, slots);
});

/** A hold on the day of the tests, at HH:MM (UTC). */
async function hold({ at, minutes = 30, session = null, address, professional = slots.professional }: Wish): Promise<Answer> {
  const request = {
    link: slots.link,
    serviceId: slots.services[minutes] ?? "",
    professionalId: professional,
    start: `${day}T${at}:00.000Z`,
  };
  try {
    const { id, expiresAt } = await holdSlot({ caller: { kind: "customer", session, address: address ?? null }, input: request });
    return { outcome: "held", id, expiresAt };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: error.code, id: "", expiresAt: "" };
    throw error;
  }
}

/** The claims of the test's tenant, as `start state`, oldest first. */
async function claims(): Promise<string[]> {
  const { rows } = await owner.query<{ claim: string }>(
    "select to_char(starts_at at time zone 'UTC', 'HH24:MI') || ' ' || state as claim from slot_claim where tenant_id = $1 order by created_at, id",
    [slots.tenant],
  );
  return rows.map((row) => row.claim);
}
const lapse = (id: string) => owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [id]);

test.each([10, 17])("a free slot is held for the tenant's minutes: %d", async (minutes) => {
  await owner.query("update tenant set hold_minutes = $2 where tenant_id = $1", [slots.tenant, minutes]);
  const answer = await hold({ at: "09:00" });
  expect(answer.outcome).toBe("held");
  const { rows } = await owner.query("select extract(epoch from expires_at - created_at)::int as seconds from slot_claim where id = $1", [
    answer.id,
  ]);
  expect(rows).toEqual([{ seconds: minutes * 60 }]);
});

test.each([
  ["the same slot", "09:00", 30],
  ["one that begins inside it", "09:15", 30],
  ["one that ends inside it", "08:45", 30],
  ["one that lies inside it", "09:10", 10],
  ["one around it", "08:00", 180],
])("%s is taken for everybody else", async (_name, at, minutes) => {
  await hold({ at: "09:00" });
  expect(await hold({ at, minutes })).toMatchObject({ outcome: "slot_taken" });
  expect(await claims()).toEqual(["09:00 held"]);
});

test("slots that only touch, and the same slot of another professional, are free", async () => {
  await hold({ at: "09:00" });
  expect((await hold({ at: "09:30" })).outcome).toBe("held");
  expect((await hold({ at: "08:30" })).outcome).toBe("held");
  expect((await hold({ at: "09:00", professional: other })).outcome).toBe("held");
});

test("fifty customers at once: one gets the slot", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => hold({ at: "09:00" })));
  expect(answers.filter((answer) => answer.outcome === "held")).toHaveLength(1);
  expect(answers.filter((answer) => answer.outcome === "slot_taken")).toHaveLength(49);
  expect(await claims()).toEqual(["09:00 held"]);
});

describe("a claim that has lapsed", () => {
  test("is relabelled and its slot given to whoever asks next", async () => {
    const first = await hold({ at: "09:00" });
    await lapse(first.id);
    expect((await hold({ at: "09:15" })).outcome).toBe("held");
    expect(await claims()).toEqual(["09:00 expired", "09:15 held"]);
  });

  test("of its own session does not count as a hold any more", async () => {
    const first = await hold({ at: "09:00", session: "me" });
    await lapse(first.id);
    const again = await hold({ at: "09:00", session: "me" });
    expect(again.outcome).toBe("held");
    expect(again.id).not.toBe(first.id);
    expect((await claims()).filter((claim) => claim.endsWith("held"))).toHaveLength(1);
  });

  test("is left alone where it is in nobody's way", async () => {
    const first = await hold({ at: "09:00" });
    await lapse(first.id);
    await hold({ at: "11:00" });
    expect(await claims()).toEqual(["09:00 held", "11:00 held"]);
  });
});

describe("a customer's own hold", () => {
  test("is kept, with its end, when the same slot is asked for again", async () => {
    const first = await hold({ at: "09:00", session: "me" });
    expect(await hold({ at: "09:00", session: "me" })).toEqual(first);
    expect(await claims()).toEqual(["09:00 held"]);
  });

  test("makes room for another slot, also for one that overlaps it", async () => {
    await hold({ at: "09:00", session: "me" });
    expect((await hold({ at: "09:15", session: "me" })).outcome).toBe("held");
    expect((await hold({ at: "14:00", session: "me", professional: other })).outcome).toBe("held");
    expect(await claims()).toEqual(["09:00 released", "09:15 released", "14:00 held"]);
    expect((await hold({ at: "09:00" })).outcome).toBe("held");
  });

  test("comes back when the other slot is taken", async () => {
    const mine = await hold({ at: "09:00", session: "me" });
    await hold({ at: "10:00", session: "you" });
    expect((await hold({ at: "10:00", session: "me" })).outcome).toBe("slot_taken");
    expect(await claims()).toEqual(["09:00 held", "10:00 held"]);
    expect(await hold({ at: "09:00", session: "me" })).toEqual(mine);
  });

  test("is one, also when the first wishes of a session come at the same moment and are for several slots", async () => {
    // Only two: a third would see both holds, and let go of what the second should not have taken.
    const times = ["08:00", "09:00"];
    // Somebody else is about to take the whole day, so that the wishes are under way together; then they change their mind.
    await owner.query("begin");
    await owner.query(
      `insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, expires_at)
       values ($1, $2, $3, $4::timestamptz, $5::timestamptz, tstzrange($4, $5), 'held', now() + interval '1 hour')`,
      [slots.tenant, slots.professional, slots.services[30], `${day}T00:00Z`, `${day}T23:00Z`],
    );
    const wishes = times.map((at) => hold({ at, session: "me" }));
    const watcher = await connectAs(database.url, "owner");
    await expect
      .poll(
        async () =>
          (
            await watcher.query(
              "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
            )
          ).rows[0],
      )
      .toEqual({ count: 2 });
    await watcher.end();
    await owner.query("rollback");
    for (const answer of await Promise.all(wishes)) expect(["held", "slot_taken"]).toContain(answer.outcome);
    expect((await claims()).filter((claim) => claim.endsWith("held"))).toHaveLength(1);
  });

  test("asked for ten times at once stays one", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => hold({ at: "09:00", session: "me" })));
    expect(answers.every((answer) => ["held", "kept", "slot_taken"].includes(answer.outcome))).toBe(true);
    expect(await claims()).toEqual(["09:00 held"]);
  });
});

test("holds of one address are limited; another address, a customer who only changes the slot, and lapsed holds do not count", async () => {
  const address = randomUUID();
  await hold({ at: "09:00", address, session: "me" });
  expect((await hold({ at: "10:00", address })).outcome).toBe("held");
  expect((await hold({ at: "11:00", address })).outcome).toBe("too_many_holds");
  expect((await hold({ at: "11:00", address: randomUUID() })).outcome).toBe("held");
  expect((await hold({ at: "12:00", address, session: "me" })).outcome).toBe("held");
  expect((await hold({ at: "13:00", address })).outcome).toBe("too_many_holds");
  await owner.query("update slot_claim set expires_at = now() where tenant_id = $1", [slots.tenant]);
  expect((await hold({ at: "13:00", address })).outcome).toBe("held");
});

describe("the exclusion constraint itself", () => {
  const insert = (state: string, from: string, to: string) =>
    owner
      .query(
        `insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, expires_at)
         values ($1, $2, $3, $5::timestamptz, $6::timestamptz, tstzrange($5, $6), $4, now())`,
        [slots.tenant, slots.professional, slots.services[30], state, `2030-01-07T${from}Z`, `2030-01-07T${to}Z`],
      )
      .then(() => "taken in")
      .catch((error: unknown) => (error instanceof pg.DatabaseError ? (error.constraint ?? error.code) : String(error)));

  test("refuses two living claims that overlap, whoever writes them and whether they have lapsed", async () => {
    expect(await insert("held", "09:00", "10:00")).toBe("taken in");
    expect(await insert("held", "09:59", "11:00")).toBe("slot_claim_no_overlap");
    expect(await insert("held", "10:00", "11:00")).toBe("taken in");
  });

  test("does not count what was let go", async () => {
    for (const state of ["released", "expired", "released", "held"]) expect(await insert(state, "09:00", "10:00"), state).toBe("taken in");
  });

  test("refuses to bring a claim back to life over another", async () => {
    const mine = await hold({ at: "09:00" });
    await owner.query("update slot_claim set state = 'released' where id = $1", [mine.id]);
    await hold({ at: "09:00" });
    const revive = owner.query("update slot_claim set state = 'held' where id = $1", [mine.id]);
    await expect(revive).rejects.toMatchObject({ constraint: "slot_claim_no_overlap" });
  });

  test("a booked claim needs its booking", async () => {
    expect(await insert("booked", "09:00", "10:00")).not.toBe("taken in");
    await expect(owner.query("update slot_claim set state = 'booked' where tenant_id = $1", [slots.tenant])).resolves.toMatchObject({
      rowCount: 0,
    });
    const mine = await hold({ at: "12:00" });
    await expect(owner.query("update slot_claim set state = 'booked' where id = $1", [mine.id])).rejects.toMatchObject({
      code: checkViolation,
    });
  });
});

test("nothing of a tenant stays on the product's own connection", async () => {
  await hold({ at: "09:00" });
  const { rows } = await appPool().query("select current_tenant() as tenant, (select count(*)::int from slot_claim) as claims");
  expect(rows).toEqual([{ tenant: null, claims: 0 }]);
});
