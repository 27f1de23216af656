import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openClinic } from "../support/clinic.ts";
import { startWorld, type World } from "../support/world.ts";
import { newHoldAgainstLatePayment, type Place, rounds, twoPaymentsAtOnce } from "./contest.ts";

/** A race that cannot be lost proves nothing: without what guards them, the same races must break the same promises. */
let world: World;
let place: Place;

beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => world.stop());

async function brokenRounds(run: (place: Place, n: number) => Promise<unknown>): Promise<number> {
  place = { world, clinic: await openClinic(world) };
  let broken = 0;
  for (let n = 0; n < rounds; n += 1)
    await run(place, n).catch(() => {
      broken += 1;
    });
  return broken;
}

test("with row locks and constraint no round is broken", async () => {
  expect(await brokenRounds(twoPaymentsAtOnce)).toBe(0);
  expect(await brokenRounds(newHoldAgainstLatePayment)).toBe(0);
});

test("negative control: without its row locks, two payments approved at once break their promise", async () => {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    const [first, ...others] = given;
    return query.call(this, typeof first === "string" ? first.replace(/ for update$/, "") : first, ...others) as never;
  });
  const broken = await brokenRounds(twoPaymentsAtOnce);
  console.log(`without row locks ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});

test("negative control: without the exclusion constraint, a late payment and a new customer get the same slot", async () => {
  await world.owner.query("alter table slot_claim drop constraint slot_claim_no_overlap");
  const broken = await brokenRounds(newHoldAgainstLatePayment);
  console.log(`without the constraint ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});
