import { afterAll, beforeAll, expect, test } from "vitest";
import { openClinic } from "../support/clinic.ts";
import { startWorld, type World } from "../support/world.ts";
import { newHoldAgainstLatePayment, type Place, rounds, twoPaymentsAtOnce } from "./contest.ts";

/** A race that cannot be lost proves nothing: without what guards them, the same races must break the same promises. */
let world: World;
let place: Place;

beforeAll(async () => {
  world = await startWorld({ worker: false });
});
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
  // The locks are in one SQL function; this database gets it without them.
  const { rows } = await world.owner.query<{ text: string }>("select pg_get_functiondef('lock_for_settle'::regproc) as text");
  const guarded = rows[0]?.text ?? "";
  const unguarded = guarded.replaceAll(" for update", "");
  expect(unguarded).not.toBe(guarded);
  await world.owner.query(unguarded);
  const broken = await brokenRounds(twoPaymentsAtOnce);
  await world.owner.query(guarded);
  console.log(`without row locks ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});

test("negative control: without the exclusion constraint, a late payment and a new customer get the same slot", async () => {
  await world.owner.query("alter table slot_claim drop constraint slot_claim_no_overlap");
  const broken = await brokenRounds(newHoldAgainstLatePayment);
  console.log(`without the constraint ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});
