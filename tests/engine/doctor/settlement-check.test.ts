import { expect, test } from "vitest";
import { checkDay } from "#commands/settlement-check/check-day.ts";
import { newReference } from "#platform/ids.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { attentionOf } from "#queries/attention.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { settledAtOnce } from "../stories.ts";

const stage = prepareStage({ worker: false });
/** Providers without a list have nothing to be compared with. */
const lists = paymentProvider(testedProvider.id)?.capabilities.lists === true;

/** As if this hour was the day. */
const day = "2026-11-26";
const thisHour = () => ({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 60_000) });
const longAgo = () => ({ from: new Date(Date.now() - 90 * 86_400_000), to: new Date(Date.now() - 89 * 86_400_000) });

const check = ({ tenantId, connectionId }: Clinic, span = thisHour()) => checkDay({ tenantId, connectionId, day, span });
const told = async (clinic: Clinic, span = thisHour()) => {
  const { outcome, differences } = await check(clinic, span);
  return { outcome, differences: differences.map(({ kind, there, here }) => `${kind}: ${there} there, ${here} here`) };
};
const waits = async ({ tenantId }: Clinic) =>
  (await attentionOf(tenantId)).map(({ kind }) => kind).filter((kind) => /^settlement/.test(kind));

async function confirmed(clinic: Clinic) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve");
  await stage.startWorker();
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  await stage.stopWorker();
  return { ...booking, chargeId: chargeIds[0] };
}

/** Everything of a merchant that a check could touch. */
async function moneyRows({ tenantId }: Clinic) {
  const { rows } = await stage.owner.query(
    `select (select jsonb_agg(to_jsonb(c) order by c.id) from charge c where c.tenant_id = $1) as charges,
       (select jsonb_agg(to_jsonb(p) order by p.id) from payment p where p.tenant_id = $1) as payments,
       (select jsonb_agg(to_jsonb(k) order by k.id) from checkout k where k.tenant_id = $1) as checkouts,
       (select count(*) from event e where e.tenant_id = $1) as events,
       (select count(*) from refund_case r where r.tenant_id = $1) as cases`,
    [tenantId],
  );
  return rows;
}

async function differencesOf({ tenantId }: Clinic) {
  const { rows } = await stage.owner.query<{ kind: string; open: boolean }>(
    "select kind, closed_at is null as open from settlement_difference where tenant_id = $1 order by found_at, kind",
    [tenantId],
  );
  return rows;
}

test.skipIf(!lists)("what is the same there and here agrees, and other sales of the same account are no difference", async () => {
  const clinic = await stage.openClinic();
  await confirmed(clinic);
  await stage.payer.charge(clinic.account, { reference: "ORDER-1001", amountMinor: 5_000_000 }, { tells: "never" });
  expect(await check(clinic)).toMatchObject({ outcome: "agrees", listed: 2, notOurs: 1, own: 1, why: null, differences: [] });
  expect(await waits(clinic)).toEqual([]);
});

test.skipIf(!lists)("money that is missing here is told once, changes nothing, and ends by itself once it is settled", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { tells: "never" });
  const before = await moneyRows(clinic);
  const missing = { outcome: "differs", differences: ["missing_here: approved there, null here"] };
  expect(await told(clinic)).toEqual(missing);
  expect(await told(clinic)).toEqual(missing);
  expect(await moneyRows(clinic)).toEqual(before);
  expect(await differencesOf(clinic)).toEqual([{ kind: "missing_here", open: true }]);
  const [item] = await attentionOf(clinic.tenantId);
  expect(item).toMatchObject({ kind: "settlement_differs", checkoutId: booking.id });
  await stage.startWorker();
  await stage.owner.query("update graphile_worker._private_jobs set run_at = now() where key like 'poll-%'");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.stopWorker();
  expect(await told(clinic)).toEqual({ outcome: "agrees", differences: [] });
  expect(await differencesOf(clinic)).toEqual([{ kind: "missing_here", open: false }]);
  expect(await waits(clinic)).toEqual([]);
});

test.skipIf(!lists)(
  "a charge that only we have, one with another amount and one in another state are told, and nothing is changed",
  async () => {
    const clinic = await stage.openClinic();
    const { chargeId } = await confirmed(clinic);
    await stage.owner.query("update charge set amount_minor = 7 where provider_charge_id = $1", [chargeId]);
    await stage.owner.query("update charge set status = 'disputed' where provider_charge_id = $1", [chargeId]);
    const before = await moneyRows(clinic);
    expect(await told(clinic)).toEqual({
      outcome: "differs",
      differences: ["other_amount: 10000000 COP there, 7 COP here", "other_state: approved there, disputed here"],
    });
    expect(await moneyRows(clinic)).toEqual(before);
    await stage.owner.query("update charge set provider_charge_id = $2 where provider_charge_id = $1", [
      chargeId,
      testedProvider.newChargeId(),
    ]);
    const now = await told(clinic);
    expect(now.differences.toSorted()).toEqual(["missing_here: approved there, null here", "missing_there: null there, disputed here"]);
  },
);

test.skipIf(!lists)("a charge that began on another day is asked for by its id before it is called missing", async () => {
  const clinic = await stage.openClinic();
  await confirmed(clinic);
  const { from, to } = longAgo();
  const at = new Date((from.getTime() + to.getTime()) / 2);
  await stage.owner.query("update charge set approved_at = $2 where tenant_id = $1", [clinic.tenantId, at]);
  expect(await check(clinic, { from, to })).toMatchObject({ outcome: "agrees", listed: 0, own: 1 });
});

test.skipIf(!lists)("no answer is not 'missing there': the day is not known, is tried again, and a person hears of it", async () => {
  const clinic = await stage.openClinic();
  const { chargeId } = await confirmed(clinic);
  await stage.payer.behave(clinic.account, { fails: { status: 503, times: 1000 } });
  expect(await told(clinic)).toEqual({ outcome: "not_known", differences: [] });
  const { rows } = await stage.owner.query<{ outcome: string; tries: number; waits: boolean }>(
    "select outcome, tries, next_at > now() as waits from settlement_check where tenant_id = $1",
    [clinic.tenantId],
  );
  expect(rows).toEqual([{ outcome: "not_known", tries: 1, waits: true }]);
  expect(await waits(clinic)).toEqual([]);
  for (const _ of [2, 3, 4]) await check(clinic);
  expect(await waits(clinic)).toEqual(["settlement_not_known"]);
  await stage.payer.calm(clinic.account);
  expect(chargeId).toBeDefined();
  expect(await told(clinic)).toEqual({ outcome: "agrees", differences: [] });
  expect(await waits(clinic)).toEqual([]);
});

test.skipIf(!lists)("rows that cannot be read make the day not known, and hide no difference that was read", async () => {
  const clinic = await stage.openClinic();
  await stage.payer.charge(clinic.account, { reference: newReference(), amountMinor: 5_000_000 }, { tells: "never" });
  await stage.payer.behave(clinic.account, { garbledRows: 1 });
  expect(await told(clinic)).toEqual({ outcome: "not_known", differences: ["missing_here: approved there, null here"] });
  expect(await waits(clinic)).toEqual(["settlement_differs"]);
  await stage.payer.calm(clinic.account);
});

test.skipIf(!lists)("money that our refund case sends back is no difference, in whichever word the provider says it", async () => {
  const clinic = await stage.openClinic();
  const { chargeId } = await confirmed(clinic);
  await stage.owner.query("update charge set status = 'refunded' where provider_charge_id = $1", [chargeId]);
  expect(await told(clinic)).toEqual({ outcome: "differs", differences: ["other_state: approved there, refunded here"] });
  await stage.owner.query(
    `insert into refund_case (tenant_id, charge_id, reason, state, amount_minor, currency, due_at)
     select tenant_id, id, 'requested', 'done', amount_minor, currency, now() from charge where provider_charge_id = $1`,
    [chargeId],
  );
  expect(await told(clinic)).toEqual({ outcome: "agrees", differences: [] });
});
