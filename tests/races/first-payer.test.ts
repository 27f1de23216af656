import { expect, test } from "vitest";
import { prepareStage } from "../support/stage.ts";
import { expectNoDeadlocks, isLongForm, type Place } from "./contest.ts";
import { allPay, connectEverywhere, ends, type Rival, rivals, settleAll } from "./rush.ts";

/** Where the first payer wins nobody holds the slot: the constraint decides among those who paid. */
const stage = prepareStage({ worker: false, keepsPromises: true });
expectNoDeadlocks(stage);

/** Each holds a connection of the database while it is settled. */
const payers = isLongForm ? 64 : 24;
const losers = payers - 1;

/** All of them pay for one slot of an online service, and are settled at the same moment. */
async function rush(count: number): Promise<{ place: Place; pages: Rival[] }> {
  const clinic = await stage.openClinic({ policy: "first_payer_wins" });
  const place = { world: stage, clinic };
  const pages = await rivals(place, { count, providers: await connectEverywhere(stage, clinic), serviceId: clinic.onlineServiceId });
  expect(await ends(place)).toEqual({ pending: count });
  await allPay(stage, pages);
  expect(await settleAll(place, pages)).toEqual(Array(count).fill("done"));
  expect(await ends(place)).toEqual({ paid: 1, cancelled: count - 1 });
  return { place, pages };
}

test(`${payers} pay for one slot at the same moment, at every provider: one has it, ${losers} get a refund case each, and it is confirmed once`, async () => {
  const { place, pages } = await rush(payers);
  expect(new Set(await numbersOf(place)).size).toBe(losers);
  expect(await followUpsOf(place)).toEqual({
    "advance-refund": losers,
    "create-room": 1,
    "mail-customer-paid": 1,
    "mail-customer-refund": losers,
  });
  await settleAll(place, pages);
  expect(await ends(place), "the same again changes nothing").toEqual({ paid: 1, cancelled: losers });
});

async function followUpsOf({ clinic }: Place): Promise<Record<string, number>> {
  const { rows } = await stage.owner.query<{ job: string; count: number }>(
    `select job, count(*)::int as count from follow_up where tenant_id = $1
       and job in ('mail-customer-paid', 'create-room', 'mail-customer-refund', 'advance-refund') group by job order by job`,
    [clinic.tenantId],
  );
  return Object.fromEntries(rows.map(({ job, count }) => [job, count]));
}

async function numbersOf({ clinic }: Place): Promise<string[]> {
  const { rows } = await stage.owner.query<{ number: string }>(
    "select number from refund_case where tenant_id = $1 and reason = 'capacity_gone' and amount_minor = 10000000",
    [clinic.tenantId],
  );
  return rows.map(({ number }) => number);
}
