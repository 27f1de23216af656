import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { forgetCatalogs } from "#queries/catalog.ts";
import { newSession } from "#queries/sessions.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { hold, slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import type { World } from "../support/world.ts";

const customers = 200;
/** That of the describe whose tests run. */
let world: World;

/**
 * All at once over real HTTP, each with a session of its own. Answers how often each status and
 * code came.
 */
async function race(clinic: Clinic, wishes: { start: string; serviceId?: string }[]): Promise<Record<string, number>> {
  const replies = await Promise.all(wishes.map((wish) => hold(world, clinic, wish)));
  const counts: Record<string, number> = {};
  for (const { status, body } of replies) {
    const outcome = status === 201 ? "201" : `${status} ${body.code}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** How many living claims overlap another one: none, or the promise is broken. */
async function overlaps(clinic: Clinic): Promise<number> {
  const { rows } = await world.owner.query<{ pairs: number }>(
    `select count(*)::int as pairs from slot_claim a join slot_claim b on a.professional_id = b.professional_id and a.during && b.during and a.id < b.id
     where a.tenant_id = $1 and a.state in ('held', 'paying', 'booked') and b.state in ('held', 'paying', 'booked')`,
    [clinic.tenantId],
  );
  return rows[0]?.pairs ?? -1;
}

async function livingClaims(clinic: Clinic): Promise<number> {
  const { rows } = await world.owner.query<{ count: number }>(
    "select count(*)::int as count from slot_claim where tenant_id = $1 and state = 'held'",
    [clinic.tenantId],
  );
  return rows[0]?.count ?? -1;
}

describe("with the exclusion constraint", () => {
  const stage = prepareStage({ worker: false });
  beforeAll(() => {
    world = stage;
  });

  test(`${customers} customers want one slot at once: one gets it, all others hear that it is taken`, async () => {
    const clinic = await openClinic(world);
    const counts = await race(clinic, Array(customers).fill({ start: slotStart(0) }));
    expect(counts).toEqual({ "201": 1, "409 slot_taken": customers - 1 });
    expect(await livingClaims(clinic)).toBe(1);
  });

  test(`${customers} customers want overlapping slots of two services of different lengths: one gets one`, async () => {
    const clinic = await openClinic(world);
    const long = await addLongService(clinic);
    const counts = await race(
      clinic,
      Array.from({ length: customers }, (_, index) => (index % 2 ? { start: slotStart(1) } : { start: slotStart(0), serviceId: long })),
    );
    expect(counts).toEqual({ "201": 1, "409 slot_taken": customers - 1 });
    expect(await livingClaims(clinic)).toBe(1);
  });

  test("many want many: every slot of a day goes to exactly one of the five who want it, and nothing overlaps", async () => {
    const clinic = await openClinic(world);
    const counts = await race(
      clinic,
      Array.from({ length: customers }, (_, index) => ({ start: slotStart(index % 40) })),
    );
    expect(counts).toEqual({ "201": 40, "409 slot_taken": customers - 40 });
    expect(await overlaps(clinic)).toBe(0);
  });

  test("slots of both services, in a chain in which each overlaps its neighbours: no answer but yes and taken, and nothing overlaps", async () => {
    const clinic = await openClinic(world);
    const long = await addLongService(clinic);
    const counts = await race(
      clinic,
      Array.from({ length: customers }, (_, index) => ({ start: slotStart(index % 40), ...(index % 3 ? { serviceId: long } : {}) })),
    );
    expect(Object.keys(counts).sort()).toEqual(["201", "409 slot_taken"]);
    expect(await overlaps(clinic)).toBe(0);
  });

  test.each([
    ["of one professional", false],
    ["of two professionals", true],
  ])(
    "40 customers who hold slots %s swap them in pairs, again and again: nobody sees a deadlock, and each has one slot",
    async (_name, isOfTwo) => {
      const clinic = await openClinic(world);
      const place = (index: number) => ({
        start: slotStart(Math.floor(index / 2) + (isOfTwo || index % 2 ? 0 : 20)),
        professionalId: isOfTwo && index % 2 ? clinic.otherProfessionalId : clinic.professionalId,
      });
      const held = await Promise.all(Array.from({ length: 40 }, (_, index) => hold(world, clinic, place(index))));
      expect(held.map((reply) => reply.status)).toEqual(Array(40).fill(201));
      for (let round = 0; round < 5; round += 1) {
        const replies = await Promise.all(
          held.map((reply, index) => hold(world, clinic, { ...place(index ^ 1), session: reply.body.session })),
        );
        expect(new Set(replies.map(({ status, body }) => (status === 201 ? "201" : `${status} ${body.code}`)))).toEqual(
          new Set(["409 slot_taken"]),
        );
        expect(await livingClaims(clinic)).toBe(40);
        expect(await overlaps(clinic)).toBe(0);
      }
    },
  );

  test("40 customers move on by one slot at once, with one slot empty, and newcomers press in: nobody sees a deadlock, and nothing overlaps", async () => {
    const clinic = await openClinic(world);
    const held = await Promise.all(Array.from({ length: 40 }, (_, index) => hold(world, clinic, { start: slotStart(index) })));
    for (let round = 0; round < 5; round += 1) {
      const movers = held.map((reply, index) => hold(world, clinic, { start: slotStart(index + 1), session: reply.body.session }));
      const newcomers = Array.from({ length: 40 }, (_, index) => hold(world, clinic, { start: slotStart(index) }));
      const replies = await Promise.all([...movers, ...newcomers]);
      for (const { status, body } of replies) expect(status === 201 || body.code === "slot_taken", `${status} ${body.code}`).toBe(true);
      expect(await overlaps(clinic)).toBe(0);
    }
    for (const { body } of held) expect(await holdsOf(clinic, body.session)).toBe(1);
  });

  test("one customer with ten tabs who want ten slots ends with one hold", async () => {
    const clinic = await openClinic(world);
    const { body } = await hold(world, clinic, { start: slotStart(0) });
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => hold(world, clinic, { start: slotStart(index), session: body.session })),
    );
    for (const reply of replies)
      expect(reply.status === 201 || reply.body.code === "slot_taken", `${reply.status} ${reply.body.code}`).toBe(true);
    expect(await livingClaims(clinic)).toBe(1);
  });

  test("a session that holds nothing yet ends with one hold too when its program asks ten times at once", async () => {
    const clinic = await openClinic(world);
    for (let round = 0; round < 20; round += 1) {
      const session = newSession("program");
      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, index) => hold(world, clinic, { start: slotStart(index + 48 * round), session })),
      );
      for (const reply of replies)
        expect(reply.status === 201 || reply.body.code === "slot_taken", `${reply.status} ${reply.body.code}`).toBe(true);
      expect(await holdsOf(clinic, session)).toBe(1);
    }
  });

  test("two customers want a slot whose claim has lapsed: one gets it, again and again", async () => {
    const clinic = await openClinic(world);
    for (let round = 0; round < 20; round += 1) {
      const start = slotStart(round);
      const lapsed = await hold(world, clinic, { start });
      await world.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [lapsed.body.id]);
      expect(await race(clinic, [{ start }, { start }])).toEqual({ "201": 1, "409 slot_taken": 1 });
      const { rows } = await world.owner.query("select state from slot_claim where tenant_id = $1 and starts_at = $2 order by state", [
        clinic.tenantId,
        start,
      ]);
      expect(rows).toEqual([{ state: "expired" }, { state: "held" }]);
    }
  });
});

describe("negative control: in a database whose exclusion constraint was dropped", () => {
  const stage = prepareStage({ worker: false });
  beforeAll(async () => {
    world = stage;
    await world.owner.query("alter table slot_claim drop constraint slot_claim_no_overlap");
  });

  test(`the same race of ${customers} customers sells the slot more than once: it is the constraint that keeps the promise, not luck`, async () => {
    const clinic = await openClinic(world);
    const counts = await race(clinic, Array(customers).fill({ start: slotStart(0) }));
    expect(counts["201"]).toBeGreaterThan(1);
    expect(await overlaps(clinic)).toBeGreaterThan(0);
  });
});

/** 90 minutes on the same grid of half hours. */
async function addLongService(clinic: Clinic): Promise<string> {
  const id = randomUUID();
  await world.owner.query(
    "insert into service (tenant_id, id, name, duration_minutes, slot_step_minutes, lead_minutes, price_minor) values ($1, $2, 'Larga', 90, 30, 0, 100000)",
    [clinic.tenantId, id],
  );
  await world.owner.query("insert into service_professional (tenant_id, service_id, professional_id) values ($1, $2, $3)", [
    clinic.tenantId,
    id,
    clinic.professionalId,
  ]);
  forgetCatalogs();
  return id;
}

async function holdsOf(clinic: Clinic, session: string): Promise<number> {
  const { rows } = await world.owner.query<{ count: number }>(
    "select count(*)::int as count from slot_claim where tenant_id = $1 and state = 'held' and session = left(encode(sha256(convert_to($2, 'UTF8')), 'hex'), 40)",
    [clinic.tenantId, session],
  );
  return rows[0]?.count ?? -1;
}
