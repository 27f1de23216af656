import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { relabelLapsedHolds } from "#commands/sweep.ts";
import { writeVisits } from "#commands/visits/count-visit.ts";
import { foldVisits } from "#commands/visits/fold-visits.ts";
import type { MetricsQuery } from "#contracts/metrics/metrics.ts";
import { visitDaysKept } from "#contracts/metrics/steps.ts";
import { loadMetrics } from "#queries/metrics/load-metrics.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { robotBrowser, visitor } from "#tests/support/metrics/visitor.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

const stage = prepareStage();
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

async function figures({ tenantId }: Clinic, query: MetricsQuery = {}) {
  await writeVisits();
  return loadMetrics(tenantId, query);
}
const reached = async (own: Clinic, query: MetricsQuery = {}): Promise<number[]> =>
  (await figures(own, query)).funnel.map(({ visits }) => visits);

/** The catalogue is read before a step is noted. */
const sees = (own: Clinic, wanted: number[], query: MetricsQuery = {}) =>
  eventually(async () => expect(await reached(own, query)).toEqual(wanted));

test("a real walk is counted step by step, once each, by link, service, professional, provider, device and campaign", async () => {
  const campaign = { utm_source: "instagram", utm_campaign: "mayo" };
  const walker = visitor(stage, clinic, { campaign });
  expect((await walker.open()).status).toBe(204);
  await sees(clinic, [1, 0, 0, 0, 0, 0, 0]);
  await walker.choose();
  await sees(clinic, [1, 1, 0, 0, 0, 0, 0]);
  const held = await walker.hold(slotStart(0));
  await sees(clinic, [1, 1, 1, 0, 0, 0, 0]);
  // A provider that is not offered opens no page: the details are in, and nothing more.
  expect((await walker.book(held, "nobody-offers-this")).status).toBe(422);
  await sees(clinic, [1, 1, 1, 1, 0, 0, 0]);
  const booked = await walker.book(held);
  expect(booked.status).toBe(201);
  await sees(clinic, [1, 1, 1, 1, 1, 0, 0]);
  await stage.pay(booked.body.checkoutUrl, "approve");
  await sees(clinic, [1, 1, 1, 1, 1, 1, 1]);

  // Reload and Back, in any order.
  await walker.choose();
  await walker.open();
  await walker.book(held);
  await sees(clinic, [1, 1, 1, 1, 1, 1, 1]);

  const { rows } = await stage.owner.query("select id from booking_link where tenant_id = $1", [clinic.tenantId]);
  const of: MetricsQuery = {
    link: rows[0].id,
    service: clinic.serviceId,
    professional: clinic.professionalId,
    provider: testedProvider.id,
  };
  await sees(clinic, [1, 1, 1, 1, 1, 1, 1], { ...of, device: "phone", source: "instagram", campaign: "mayo" });
  for (const other of [{ device: "tablet" }, { source: "facebook" }, { campaign: "junio" }, { service: randomUUID() }] as const)
    await sees(clinic, [0, 0, 0, 0, 0, 0, 0], other);

  const all = await figures(clinic, { by: "professional" });
  expect(all.rows).toMatchObject([{ key: clinic.professionalId, visits: { opened: 1, confirmed: 1 }, money: [{ payments: 1 }] }]);
  expect(all.money).toEqual([
    { currency: "COP", isTest: true, payments: 1, revenueMinor: 10_000_000, refundedMinor: 0, otherRefundsMinor: 0 },
  ]);
  expect(all.funnel.slice(1).every(({ medianSeconds }) => medianSeconds !== null && medianSeconds >= 0)).toBe(true);
  expect(all.webhooks).toMatchObject([{ provider: testedProvider.id, p50Ms: expect.any(Number), p95Ms: expect.any(Number) }]);
  expect(all.webhooks[0]?.p95Ms).toBeGreaterThanOrEqual(all.webhooks[0]?.p50Ms ?? Number.NaN);
});

test("robots, programs without a visit, what is no id and a link that nobody has count nothing", async () => {
  const own = await stage.openClinic();
  await visitor(stage, own, { browser: robotBrowser }).open();
  await visitor(stage, own, { visit: "not-an-id" }).open();
  await visitor(stage, { ...own, link: "nobody-knows-me" }).open();
  await stage.reachPaymentPage(own, { start: slotStart(0) });
  await visitor(stage, own).open();
  await sees(own, [1, 0, 0, 0, 0, 0, 0]);
  const { rowCount } = await stage.owner.query("select from visit where tenant_id = $1", [own.tenantId]);
  expect(rowCount).toBe(1);
});

test("a declined payment stays a visit to the payment page", async () => {
  const own = await stage.openClinic();
  const walker = visitor(stage, own);
  const { body } = await walker.book(await walker.hold(slotStart(0)));
  await stage.pay(body.checkoutUrl, "decline");
  await eventually(async () => expect((await stage.state(body)).paymentStatus).toBe("failed"));
  await sees(own, [1, 1, 1, 1, 1, 0, 0]);
});

test("whatever order the steps come in, and whichever are missing, no step has more visits than the one before", async () => {
  const own = await stage.openClinic();
  const step = fc.constantFrom("opened", "service", "slot");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ visit: fc.integer({ min: 0, max: 3 }), step }), { minLength: 1, maxLength: 12 }),
      async (walk) => {
        const visits = Array.from({ length: 4 }, () => visitor(stage, own));
        for (const { visit, step: seen } of walk) await visits[visit]?.tell(seen as "opened");
        const counts = await reached(own);
        for (const [index, count] of counts.slice(1).entries()) expect(count).toBeLessThanOrEqual(counts[index] ?? 0);
      },
    ),
    { numRuns: 15 },
  );
  expect((await reached(own))[0]).toBeGreaterThan(0);
});

test("visits that the database did not take are counted once it does, and two processes add up to one visit", async () => {
  const own = await stage.openClinic();
  const walker = visitor(stage, own);
  await stage.owner.query("alter table visit rename to visit_away");
  await walker.open();
  await writeVisits();
  await walker.choose();
  await stage.owner.query("alter table visit_away rename to visit");
  await sees(own, [1, 1, 0, 0, 0, 0, 0]);
  // The row is there: a later step of another process finds it.
  await walker.tell("slot");
  await sees(own, [1, 1, 1, 0, 0, 0, 0]);
  const { rows } = await stage.owner.query(
    "select opened_at <= service_at as opened, service_at <= slot_at as chosen from visit where tenant_id = $1",
    [own.tenantId],
  );
  expect(rows).toEqual([{ opened: true, chosen: true }]);
});

test("invented words do not flood the figures", async () => {
  const own = await stage.openClinic();
  for (let n = 0; n < 60; n += 1) await visitor(stage, own, { campaign: { utm_source: `invented-${n}` } }).open();
  await sees(own, [60, 0, 0, 0, 0, 0, 0]);
  expect((await figures(own, { by: "source" })).rows.length).toBeLessThanOrEqual(51);
});

test("after 90 days a visit is a number of its day, the same numbers are shown, and nothing leads to anybody", async () => {
  const own = await stage.openClinic({ timezone: "America/Bogota" });
  const paying = visitor(stage, own, { campaign: { utm_source: "volante" } });
  await paying.open();
  const { body } = await paying.book(await paying.hold(slotStart(0)));
  await stage.pay(body.checkoutUrl, "approve");
  await visitor(stage, own).open();
  await sees(own, [2, 1, 1, 1, 1, 1, 1]);
  const by = `interval '${visitDaysKept + 2} days'`;
  await stage.owner.query(`update visit set opened_at = opened_at - ${by} where tenant_id = $1`, [own.tenantId]);
  const from = new Date(Date.now() - (visitDaysKept + 10) * 86_400_000).toISOString().slice(0, 10);
  const before = await figures(own, { from, by: "source" });
  expect(before.funnel.map(({ visits }) => visits)).toEqual([2, 1, 1, 1, 1, 1, 1]);
  expect(await foldVisits()).toBeGreaterThanOrEqual(2);
  const after = await figures(own, { from, by: "source" });
  expect(after.funnel.map(({ visits }) => visits)).toEqual([2, 1, 1, 1, 1, 1, 1]);
  expect(after.rows).toEqual(before.rows);
  const days = async () => (await figures(own, { from, by: "day" })).rows.map(({ key, visits }) => [key, visits.opened]);
  expect((await days()).filter(([, opened]) => opened !== 0)).toHaveLength(1);
  expect((await stage.owner.query("select from visit where tenant_id = $1", [own.tenantId])).rowCount).toBe(0);
  const { rows } = await stage.owner.query("select metadata::text as text from metric where tenant_id = $1", [own.tenantId]);
  expect(rows.length).toBe(2);
  for (const { text } of rows) for (const trace of [paying.visit, body.id]) expect(text).not.toContain(trace);
  // Another run changes nothing.
  await foldVisits();
  expect(await reached(own, { from })).toEqual([2, 1, 1, 1, 1, 1, 1]);
});

test("a younger visit is not folded", async () => {
  const own = await stage.openClinic();
  await visitor(stage, own).open();
  await sees(own, [1, 0, 0, 0, 0, 0, 0]);
  await stage.owner.query(`update visit set opened_at = opened_at - interval '${visitDaysKept - 1} days' where tenant_id = $1`, [
    own.tenantId,
  ]);
  await foldVisits();
  expect((await stage.owner.query("select from visit where tenant_id = $1", [own.tenantId])).rowCount).toBe(1);
});

test("a hold that lapsed counts once, before and after its row is deleted; one that was released does not", async () => {
  const own = await stage.openClinic();
  const lapsed = await stage.hold(own, { start: slotStart(0) });
  const released = await stage.hold(own, { start: slotStart(3) });
  await stage.hold(own, { start: slotStart(6), session: released.body.session });
  const holds = async () => (await figures(own)).lapsedHolds;
  expect(await holds()).toBe(0);
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [lapsed.body.id]);
  expect(await holds()).toBe(1);
  await relabelLapsedHolds();
  expect(await holds()).toBe(1);
  await stage.owner.query(
    "update slot_claim set created_at = now() - interval '3 hours' where tenant_id = $1 and state in ('expired', 'released')",
    [own.tenantId],
  );
  await relabelLapsedHolds();
  expect((await stage.owner.query("select from slot_claim where tenant_id = $1", [own.tenantId])).rowCount).toBe(1);
  expect(await holds()).toBe(1);
  expect((await figures(own, { service: own.serviceId })).lapsedHolds).toBe(1);
  expect((await figures(own, { service: own.depositServiceId })).lapsedHolds).toBe(0);
  expect((await figures(own, { device: "phone" })).lapsedHolds).toBeNull();
});

test("calendars that did not let us in are counted from their events", async () => {
  const own = await stage.openClinic();
  expect((await figures(own)).oauthFailures).toBe(0);
  await stage.owner.query(
    `insert into event (tenant_id, subject_kind, subject_id, kind, actor) values ($1, 'tenant', $1, 'oauth_failure', 'system')`,
    [own.tenantId],
  );
  expect((await figures(own)).oauthFailures).toBe(1);
});
