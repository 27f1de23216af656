import { describe, expect, test } from "vitest";
import { moveBooking } from "#commands/bookings/move-booking.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { examine } from "#queries/doctor.ts";
import { sessionHash } from "#queries/session-hash.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { hold, slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import type { World } from "../support/world.ts";
import { approve, atOnce, countDeadlocks, countEvents, onPaymentPage, settleNow } from "./contest.ts";

const rounds = 6;
type Place = { world: World; clinic: Clinic };

/** Slots of one round, far enough apart that rounds never meet. */
const slotsOf = (round: number) => ({ a: round * 6, b: round * 6 + 2, c: round * 6 + 4 });

async function paidAt({ world, clinic }: Place, n: number): Promise<string> {
  const booking = await onPaymentPage({ world, clinic }, n);
  await approve(world, booking.checkoutUrl);
  await settleNow({ world, clinic }, booking);
  return booking.id;
}

const moving =
  ({ clinic }: Place, bookingId: string, { from, to }: { from: number; to: number }) =>
  () => {
    const { tenantId, professionalId } = clinic;
    const [expected, wanted] = [from, to].map((n) => ({ professionalId, start: slotStart(n) }));
    if (!expected || !wanted) throw new Error("two places");
    const input = { tenantId, bookingId, to: wanted, expected, tellsCustomer: true, ignoresHours: false };
    return moveBooking({ caller: { kind: "operator" }, input });
  };

async function booked({ world, clinic }: Place): Promise<{ checkoutId: string; start: string }[]> {
  const { rows } = await world.owner.query<{ checkoutId: string; start: Date }>(
    `select checkout_id as "checkoutId", starts_at as start from slot_claim where tenant_id = $1 and state in ('held', 'paying', 'booked')`,
    [clinic.tenantId],
  );
  return rows.map(({ checkoutId, start }) => ({ checkoutId, start: start.toISOString() }));
}

/** Of whatever was there, one claim stands at the time that all wanted. */
async function claimsAt(place: Place, n: number): Promise<number> {
  return (await booked(place)).filter(({ start }) => start === slotStart(n)).length;
}

/** A customer and the reception want one time. Returns who got it. */
async function moveAgainstHold(place: Place, round: number): Promise<string> {
  const { a, b } = slotsOf(round);
  const { world, clinic } = place;
  const id = await paidAt(place, a);
  const statuses: number[] = [];
  const ended = await atOnce([
    moving(place, id, { from: a, to: b }),
    async () => statuses.push((await hold(world, clinic, { start: slotStart(b) })).status),
  ]);
  const isHeld = statuses[0] === 201;
  expect(ended.toSorted()).toEqual(isHeld ? ["done", "slot_taken"] : ["done", "done"]);
  expect(await claimsAt(place, b)).toBe(1);
  expect(await claimsAt(place, a)).toBe(isHeld ? 1 : 0);
  return isHeld ? "hold" : "move";
}

/** The customer is told of one end only. Returns what the mover heard. */
async function moveAgainstCancel(place: Place, round: number): Promise<string> {
  const { a, b } = slotsOf(round);
  const id = await paidAt(place, a);
  const { tenantId } = place.clinic;
  let heard = "done";
  await atOnce([
    () =>
      moving(place, id, { from: a, to: b })().catch((refusal: Error & { code: string }) => {
        heard = refusal.code;
      }),
    () => cancelCheckout({ caller: { kind: "operator" }, input: { tenantId, checkoutId: id } }),
  ]);
  expect(["done", "booking_not_paid"]).toContain(heard);
  expect(await claimsAt(place, a)).toBe(0);
  expect(await claimsAt(place, b)).toBe(0);
  expect(await countEvents(place.world, id)).toMatchObject({
    "booking.cancelled": 1,
    ...(heard === "done" && { "booking.rescheduled": 1 }),
  });
  return heard;
}

/** Two of the reception, two bookings, one time. */
async function twoOntoOne(place: Place, round: number): Promise<void> {
  const { a, b, c } = slotsOf(round);
  const [first, second] = [await paidAt(place, a), await paidAt(place, b)];
  const ended = await atOnce([moving(place, first, { from: a, to: c }), moving(place, second, { from: b, to: c })]);
  expect(ended.toSorted()).toEqual(["done", "slot_taken"]);
  expect((await Promise.all([a, b, c].map((n) => claimsAt(place, n)))).toSorted()).toEqual([0, 1, 1]);
  expect(await claimsAt(place, c)).toBe(1);
}

/** Two of the reception, one booking, two times. Needs the lock and `expected`. */
async function oneToTwo(place: Place, round: number): Promise<void> {
  const { a, b, c } = slotsOf(round);
  const id = await paidAt(place, a);
  const ended = await atOnce([moving(place, id, { from: a, to: b }), moving(place, id, { from: a, to: c })]);
  expect(ended.toSorted()).toEqual(["changed_meanwhile", "done"]);
  expect((await booked(place)).filter(({ checkoutId }) => checkoutId === id)).toHaveLength(1);
  expect(await countEvents(place.world, id)).toMatchObject({ "booking.rescheduled": 1 });
}

/**
 * A customer has let their time go for the one that a booking is about to leave for theirs: each
 * would wait for the other. Returns what the customer's insert met.
 */
async function holdSwapsWithMove(place: Place, round: number): Promise<string> {
  const { a, b } = slotsOf(round);
  const { world, clinic } = place;
  const { tenantId, professionalId, serviceId } = clinic;
  const id = await paidAt(place, b);
  const { session } = (await hold(world, clinic, { start: slotStart(a) })).body;
  const customer = await world.owner.connect();
  try {
    await customer.query("begin");
    const own = [tenantId, professionalId, serviceId, slotStart(b), sessionHash(session)];
    await customer.query("select release_own_holds($1, $2, $3, $4, $5)", own);
    const moved = atOnce([moving(place, id, { from: b, to: a })]);
    await eventually(async () => {
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%select move_claim(%' and datname = current_database()`;
      expect((await world.owner.query(waiting)).rowCount).toBe(1);
    });
    const met = await customer
      .query(
        `insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, expires_at, session)
         values ($1, $2, $3, $4, $4, tstzrange($4, $4::timestamptz + interval '30 minutes'), 'held', now() + interval '10 minutes', $5)
         on conflict do nothing`,
        own,
      )
      .then(
        ({ rowCount }) => (rowCount === 0 ? "taken" : "held"),
        (error: { code: string }) => error.code,
      );
    await customer.query(met === "taken" ? "commit" : "rollback");
    expect((await moved).filter((end) => end !== "done" && end !== "slot_taken")).toEqual([]);
    return met;
  } finally {
    customer.release();
  }
}

async function eachRound<T>(place: Place, race: (place: Place, round: number) => Promise<T>): Promise<T[]> {
  const ends: T[] = [];
  for (let round = 0; round < rounds; round += 1) ends.push(await race(place, round));
  return ends;
}

describe("with the constraint and the locks", () => {
  const stage = prepareStage({ worker: false });
  const place = async (): Promise<Place> => ({ world: stage, clinic: await openClinic(stage) });

  test("a move against a hold: one gets the time, the other hears that it is taken", async () => {
    await eachRound(await place(), moveAgainstHold);
    expect(await examine()).toEqual([]);
  });

  test("a move against a cancellation: it is cancelled, moved or not, and no time stays taken", async () => {
    await eachRound(await place(), moveAgainstCancel);
    expect(await examine()).toEqual([]);
  });

  test("two bookings onto one time: one gets it, the other stays where it was", async () => {
    await eachRound(await place(), twoOntoOne);
    expect(await examine()).toEqual([]);
  });

  test("one booking to two times: one wins, the other hears of it, and there is one claim", async () => {
    await eachRound(await place(), oneToTwo);
    expect(await examine()).toEqual([]);
  });

  test("a customer swaps into the time that a booking leaves for theirs: neither waits for the other", async () => {
    const before = await countDeadlocks(stage);
    expect(await holdSwapsWithMove(await place(), 0)).toBe("taken");
    expect(await countDeadlocks(stage)).toBe(before);
    expect(await examine()).toEqual([]);
  });
});

describe("controls", () => {
  const stage = prepareStage({ worker: false });

  test("without the locks in one order, a customer and the reception who swap end in a deadlock", async () => {
    const place = { world: stage, clinic: await openClinic(stage) };
    const before = await countDeadlocks(stage);
    await withFunction(stage, "perform pg_advisory_xact_lock(lock_key);", "null;", async () => {
      await holdSwapsWithMove(place, 0);
    });
    expect(await countDeadlocks(stage)).toBe(before + 1);
  });

  test("without the constraint, two bookings stand at one time, and the doctor finds them", async () => {
    const { text } = (
      await stage.owner.query<{ text: string }>(
        "select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'slot_claim_no_overlap'",
      )
    ).rows[0] ?? { text: "" };
    await stage.owner.query("alter table slot_claim drop constraint slot_claim_no_overlap");
    const place = { world: stage, clinic: await openClinic(stage) };
    await expect(eachRound(place, twoOntoOne)).rejects.toThrow();
    expect(await examine()).toContainEqual(expect.objectContaining({ problem: "two booked claims of one professional overlap" }));
    await stage.owner.query("delete from slot_claim where tenant_id = $1", [place.clinic.tenantId]);
    await stage.owner.query(`alter table slot_claim add constraint slot_claim_no_overlap ${text}`);
  });
});

/** Runs with one word of move_claim changed, and puts it back. */
async function withFunction(world: World, find: string, replace: string, run: () => Promise<void>): Promise<void> {
  const { rows } = await world.owner.query<{ text: string }>("select pg_get_functiondef('move_claim'::regproc) as text");
  const text = rows[0]?.text ?? "";
  expect(text).toContain(find);
  await world.owner.query(text.replace(find, replace));
  try {
    await run();
  } finally {
    await world.owner.query(text);
  }
}
