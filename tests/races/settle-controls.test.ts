import { expect, test } from "vitest";
import { inTenant } from "#platform/db.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";
import { countDeadlocks, newHoldAgainstLatePayment, onPaymentPage, type Place, rounds, twoPaymentsAtOnce } from "./contest.ts";
import { allPay, ends, rivals, settleAll } from "./rush.ts";

/**
 * A race that cannot be lost proves nothing: without what guards them, the same races must break
 * the same promises.
 */
const stage = prepareStage({ worker: false });
let place: Place;

async function brokenRounds(run: (place: Place, n: number) => Promise<unknown>, times = rounds): Promise<number> {
  place = { world: stage, clinic: await stage.openClinic() };
  let broken = 0;
  for (let n = 0; n < times; n += 1)
    await run(place, n).catch(() => {
      broken += 1;
    });
  return broken;
}

test("with row locks and constraint no round is broken", async () => {
  // Some rounds: the others are in settle.test.ts.
  expect(await brokenRounds(twoPaymentsAtOnce, 5)).toBe(0);
  expect(await brokenRounds(newHoldAgainstLatePayment, 5)).toBe(0);
});

test("control: a deadlock that PostgreSQL breaks is counted, although a retry hides it from everybody", async () => {
  place = { world: stage, clinic: await stage.openClinic() };
  const { id: first } = await onPaymentPage(place, 0);
  const { id: second } = await onPaymentPage(place, 1);
  const before = await countDeadlocks(stage);
  const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const tries = [0, 0];
  const lock = (order: string[], at: number) =>
    inTenant(place.clinic.tenantId, async (tx) => {
      tries[at] = (tries[at] ?? 0) + 1;
      // Whoever tries again may take the first row before the other has woken up: a second deadlock.
      if (tries[at] > 1) return;
      for (const id of order) {
        await tx.selectFrom("checkout").select("id").where("id", "=", id).forUpdate().execute();
        both[at]?.resolve();
        await Promise.all(both.map(({ promise }) => promise));
      }
    });
  await Promise.all([lock([first, second], 0), lock([second, first], 1)]);
  expect(tries.toSorted(), "one is tried again").toEqual([1, 2]);
  expect(await countDeadlocks(stage)).toBe(before + 1);
});

/** Both ways to settle take their locks in one SQL function. */
const locking = ["lock_for_settlements"];

test("negative control: without its row locks, two payments approved at once break their promise", async () => {
  const { rows } = await stage.owner.query<{ guarded: string }>(
    "select pg_get_functiondef(name::regproc) as guarded from unnest($1::text[]) name",
    [locking],
  );
  for (const { guarded } of rows) {
    const unguarded = guarded.replaceAll(/\s+for update( of k, p)?/g, "");
    expect(unguarded).not.toBe(guarded);
    await stage.owner.query(unguarded);
  }
  const broken = await brokenRounds(twoPaymentsAtOnce);
  for (const { guarded } of rows) await stage.owner.query(guarded);
  console.log(`without row locks ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});

test("negative control: without the exclusion constraint, a late payment and a new customer get the same slot", async () => {
  const { rows } = await stage.owner.query<{ words: string }>(
    "select pg_get_constraintdef(oid) as words from pg_constraint where conname = 'slot_claim_no_overlap'",
  );
  await stage.owner.query("alter table slot_claim drop constraint slot_claim_no_overlap");
  const broken = await brokenRounds(newHoldAgainstLatePayment);
  await stage.owner.query("delete from slot_claim where tenant_id = $1", [place.clinic.tenantId]);
  await stage.owner.query(`alter table slot_claim add constraint slot_claim_no_overlap ${rows[0]?.words}`);
  console.log(`without the constraint ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});

test("negative control: without the exclusion constraint, several of those who pay for one slot get it", async () => {
  const { rows } = await stage.owner.query<{ words: string }>(
    "select pg_get_constraintdef(oid) as words from pg_constraint where conname = 'slot_claim_no_overlap'",
  );
  const clinic = await stage.openClinic({ policy: "first_payer_wins" });
  const contest = { world: stage, clinic };
  const pages = await rivals(contest, { count: 8, providers: [testedProvider.id] });
  await allPay(stage, pages);
  await stage.owner.query("alter table slot_claim drop constraint slot_claim_no_overlap");
  await settleAll(contest, pages);
  const { paid = 0 } = await ends(contest);
  await stage.owner.query("delete from slot_claim where tenant_id = $1", [clinic.tenantId]);
  await stage.owner.query(`alter table slot_claim add constraint slot_claim_no_overlap ${rows[0]?.words}`);
  expect(paid).toBeGreaterThan(1);
});
