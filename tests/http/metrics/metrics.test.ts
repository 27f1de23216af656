import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { writeVisits } from "#commands/visits/count-visit.ts";
import { type Metrics, metrics } from "#contracts/metrics/metrics.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { openMerchant } from "#tests/support/merchant.ts";
import { visitor } from "#tests/support/metrics/visitor.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { bookAndPay } from "../desk/desk.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ keepsPromises: true });
let clinic: Clinic;
let headers: { authorization: string };
/** Another merchant, of whom nothing may be seen. */
let other: Clinic;

const campaign = { utm_source: "=1+1", utm_campaign: "mayo" };

beforeAll(async () => {
  [clinic, other] = [await stage.openClinic(), await stage.openClinic()];
  headers = await merchantKey(stage, clinic.tenantId);
  for (const [own, times] of [
    [clinic, 3],
    [other, 5],
  ] as const)
    for (let n = 0; n < times; n += 1) await visitor(stage, own, { campaign }).open();
  const paying = visitor(stage, clinic, { campaign });
  await paying.choose();
  const { body } = await paying.book(await paying.hold(slotStart(40)));
  await stage.pay(body.checkoutUrl, "approve");
  // One without a counted visit, as a program makes it.
  const plain = await bookAndPay(stage, clinic, 0);
  expect((await ask(stage, `/api/bookings/${plain.id}/cancel`, { headers, json: { refund: "full" } })).status).toBe(200);
  await eventually(async () => {
    await writeVisits();
    expect((await read()).funnel.map(({ visits }) => visits)).toEqual([4, 1, 1, 1, 1, 1, 1]);
  });
});

const read = async (query = ""): Promise<Metrics> => expectShape(metrics, (await ask(stage, `/api/metrics${query}`, { headers })).body);

const linkOf = async ({ tenantId }: Clinic): Promise<string> =>
  (await stage.owner.query("select id from booking_link where tenant_id = $1", [tenantId])).rows[0].id;

test("visits, shares, money and webhooks of this merchant alone, with or without an id of another's", async () => {
  const found = await read("?by=link");
  expect(found.funnel[0]).toEqual({ step: "opened", visits: 4, ofAll: 1, ofPrevious: null, lost: 0, medianSeconds: null });
  expect(found.funnel[1]).toMatchObject({ step: "service", visits: 1, ofAll: 0.25, ofPrevious: 0.25, lost: 3 });
  expect(found.rows).toMatchObject([{ key: await linkOf(clinic), visits: { opened: 4, confirmed: 1 }, money: [{ payments: 2 }] }]);
  expect(found.rows[0]?.name).toEqual(expect.any(String));
  const { rowCount } = await stage.owner.query("select from inbox_event where tenant_id = $1 and state = 'settled'", [clinic.tenantId]);
  expect(found.webhooks).toMatchObject([{ provider: "wompi", settled: rowCount }]);
  const named = await ask(stage, "/api/metrics", { headers: { ...headers, "x-tenant": other.tenantId } });
  expect(expectShape(metrics, named.body).funnel[0]?.visits).toBe(4);
  const foreign = await read(`?link=${await linkOf(other)}`);
  expect(foreign.funnel.map(({ visits }) => visits)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect([foreign.money, foreign.rows]).toEqual([[], []]);
});

test("revenue is what paid bookings, and a refund that ended is told beside it, once", async () => {
  const refunded = async () => (await read()).money;
  await eventually(async () =>
    expect(await refunded()).toEqual([
      { currency: "COP", isTest: true, payments: 2, revenueMinor: 20_000_000, refundedMinor: 10_000_000, otherRefundsMinor: 0 },
    ]),
  );
  expect((await read("?campaign=mayo")).money).toMatchObject([{ payments: 1, refundedMinor: 0 }]);
  const byService = await read("?by=service");
  expect(byService.rows.find(({ key }) => key === clinic.serviceId)?.money).toMatchObject([{ payments: 2, revenueMinor: 20_000_000 }]);
  const byDevice = await read("?by=device");
  expect([byDevice.money, byDevice.rows[0]?.money]).toEqual([null, null]);
  // A withdrawn case gave nothing back, and money that paid nothing is in no revenue.
  await stage.owner.query("update refund_case set withdrawn_at = now() where tenant_id = $1", [clinic.tenantId]);
  expect(await refunded()).toMatchObject([{ refundedMinor: 0 }]);
  await stage.owner.query("update refund_case set withdrawn_at = null where tenant_id = $1", [clinic.tenantId]);
});

test("the rest of a deposit counts for its booking's service, and what a reception takes is no test", async () => {
  const own = await stage.openClinic();
  const ownHeaders = await merchantKey(stage, own.tenantId);
  const { id } = await bookAndPay(stage, own, 0, { serviceId: own.depositServiceId });
  const answer = await ask(stage, `/api/bookings/${id}`, { headers: ownHeaders });
  const { rest } = answer.body as { rest: { amountMinor: number } };
  const taken = await ask(stage, `/api/bookings/${id}/on-site`, {
    headers: ownHeaders,
    json: { method: "cash", of: "rest", expectedMinor: rest.amountMinor },
  });
  expect(taken.status, taken.text).toBe(200);
  await eventually(async () => {
    const found = await ask(stage, "/api/metrics?by=service", { headers: ownHeaders });
    const row = expectShape(metrics, found.body).rows.find(({ key }) => key === own.depositServiceId);
    expect(row?.money).toMatchObject([
      { isTest: false, payments: 1, revenueMinor: rest.amountMinor },
      { isTest: true, payments: 1 },
    ]);
  });
});

test("a range is whole days of the merchant's zone, both included, and neither too long nor the wrong way round", async () => {
  const { from, to, timezone } = await read();
  expect(timezone).toBe("America/Bogota");
  expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(29);
  const opened = async (query: string) => (await read(query)).funnel[0]?.visits;
  expect(await opened(`?from=${to}&to=${to}`)).toBe(4);
  const before = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  expect(await opened(`?from=${before}&to=${before}`)).toBe(0);
  expectProblem(await ask(stage, "/api/metrics?from=2026-01-01&to=2027-01-02", { headers }), "range_too_long");
  expect((await read("?from=2026-01-01&to=2027-01-01")).from).toBe("2026-01-01");
  expect(expectProblem(await ask(stage, "/api/metrics?from=2026-05-02&to=2026-05-01", { headers }), "invalid_request")).toEqual(["to"]);
  for (const wrong of ["from=2026-02-30", "by=colour", "device=fridge", "link=1", "source="])
    expectProblem(await ask(stage, `/api/metrics?${wrong}`, { headers }), "invalid_request");
});

test("the midnight of the merchant, and not ours, ends a day", async () => {
  const own = await stage.openClinic({ timezone: "America/Bogota" });
  const ownHeaders = await merchantKey(stage, own.tenantId);
  await visitor(stage, own).open();
  await eventually(async () => {
    await writeVisits();
    expect((await stage.owner.query("select from visit where tenant_id = $1", [own.tenantId])).rowCount).toBe(1);
  });
  // 23:59 of the 4th in Bogotá is the 5th in UTC.
  await stage.owner.query("update visit set opened_at = '2026-05-05T04:59:59Z' where tenant_id = $1", [own.tenantId]);
  const days = async (day: string) =>
    expectShape(metrics, (await ask(stage, `/api/metrics?from=${day}&to=${day}&by=day`, { headers: ownHeaders })).body).rows.map(
      ({ key }) => key,
    );
  expect([await days("2026-05-04"), await days("2026-05-05")]).toEqual([["2026-05-04"], []]);
});

describe("the file", () => {
  const file = async (query: string) => {
    const answer = await ask(stage, `/api/metrics.csv${query}`, { headers });
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    return { text: answer.text, rows: parse<Record<string, string>>(answer.text, { columns: true, bom: true }) };
  };

  test("has a row for each day, link, service … with the same figures, in whole units", async () => {
    const { rows } = await file("?by=service");
    expect(rows.map(({ service }) => service)).toEqual(expect.arrayContaining([clinic.serviceId, ""]));
    expect(rows.find(({ service }) => service === clinic.serviceId)).toMatchObject({
      ...{
        name: expect.any(String),
        link_opened: "1",
        booking_confirmed: "1",
        payments: "2",
        revenue: "200000",
        currency: "COP",
        mode: "test",
      },
    });
    const [day] = (await file("")).rows;
    expect(day).toMatchObject({ link_opened: "4", service_selected: "1", payment_initiated: "1", payment_approved: "1" });
    expect(day?.["day"]).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test("a word that somebody put into an address runs no formula", async () => {
    const { text } = await file("?by=source");
    expect(text).toContain(`"'=1+1"`);
  });

  test("a second currency has a row of its own, without visits, so that columns add up", async () => {
    const [charge] = (await stage.owner.query("select id from charge where tenant_id = $1 limit 1", [clinic.tenantId])).rows;
    await stage.owner.query("update charge set currency = 'USD' where id = $1", [charge.id]);
    try {
      const { rows } = await file("?by=link");
      expect(rows.map(({ link_opened: opened, payments, currency }) => [opened, payments, currency])).toEqual(
        expect.arrayContaining([
          ["4", "1", "COP"],
          ["", "1", "USD"],
        ]),
      );
    } finally {
      await stage.owner.query("update charge set currency = 'COP' where id = $1", [charge.id]);
    }
  });
});

test("staff see no figures of their colleagues, and neither does a program without the permission", async () => {
  const { tenantId, professionalId } = clinic;
  for (const path of ["/api/metrics", "/api/metrics.csv"]) {
    const staff = await openMerchant(stage, { tenantId, role: "staff", professionalId });
    expectProblem(await ask(stage, path, { headers: { cookie: staff.cookie } }), "forbidden");
    const admin = await openMerchant(stage, { tenantId, role: "admin" });
    expect((await ask(stage, path, { headers: { cookie: admin.cookie } })).status).toBe(200);
    expectProblem(await ask(stage, path, { headers: await merchantKey(stage, tenantId, ["bookings.read"]) }), "forbidden");
  }
});

test("a page tells a visit's step without learning anything, and nonsense is refused", async () => {
  const ours = { "x-visit": "8d5b3c1e-2f4a-4b6c-8d9e-0a1b2c3d4e5f", origin: stage.appUrl, "user-agent": "Firefox" };
  const tell = (json: object, more: Record<string, string> = {}) => ask(stage, "/api/visits", { headers: { ...ours, ...more }, json });
  expect((await tell({ link: "nobody-knows-me", step: "opened" })).status).toBe(204);
  expectProblem(await tell({ link: clinic.link, step: "approved" }), "invalid_request");
  expectProblem(await tell({ link: clinic.link, step: "opened", email: "ana@example.com" }), "invalid_request");
  expectProblem(await tell({ link: clinic.link, step: "opened" }, { origin: "https://elsewhere.example" }), "cross_site");
});
