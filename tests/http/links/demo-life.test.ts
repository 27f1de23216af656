import { beforeAll, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { bookingSight, type MemberCaller, rolePermissions } from "#contracts/caller.ts";
import { operations } from "#contracts/operations/index.ts";
import type { Operation } from "#contracts/operations/operation.ts";
import { demo } from "#db/demo.ts";
import { seedDemo } from "#db/seed.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { viewerOf } from "#queries/desk/booking-access.ts";
import { loadDeliveries } from "#queries/desk/booking-deliveries.ts";
import { loadDeskBooking } from "#queries/desk/booking-page.ts";
import { loadTimeline } from "#queries/desk/booking-timeline.ts";
import { listBookings } from "#queries/desk/bookings-list.ts";
import { examine } from "#queries/doctor.ts";
import { planVisits, type Visit } from "#scripts/launch/demo-history/plan.ts";
import { tellSimulators } from "#scripts/launch/demo-history/tell-simulators.ts";
import { liveOnce } from "#scripts/launch/demo-life.ts";
import { readSettings } from "#scripts/plain/settings.mjs";
import { demoWompiMerchant } from "#simulators/demo-config.ts";
import { eventually } from "../../support/end-state.ts";
import { openMerchant } from "../../support/merchant.ts";
import { post } from "../../support/post.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask } from "../request.ts";

const stage = prepareStage();
const { tenantId } = demo;
const rows = async (query: string, values: unknown[] = []) => (await stage.owner.query(query, values)).rows;
const count = async (where: string): Promise<number> =>
  (await rows(`select count(*)::int as n from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id where ${where}`))[0].n;
const place = () => {
  const settings = readSettings({ PORT: new URL(stage.appUrl).port, SIMULATORS_PORT: new URL(stage.simulatorsUrl).port });
  return { databaseUrl: stage.databaseUrl, settings };
};

/** The tests run in any order, and one of them cancels. */
let begun: { mails: { to: string; subject: string }[]; manual: object[] };

beforeAll(async () => {
  await seedDemo({ simulatorsUrl: stage.simulatorsUrl, ownerPassword: "a password of the test" });
  await post(`${stage.simulatorsUrl}/wompi/panel/merchants`, { ...demoWompiMerchant, eventsUrl: `${stage.appUrl}/api/webhooks/wompi` });
  expect(await liveOnce(place())).toBe("");
  const ofMismatch =
    "select r.reason, r.state from refund_case r join checkout k on k.id = r.checkout_id where k.customer_phone like '+57300123%'";
  await eventually(async () => expect(await rows(ofMismatch)).toEqual([{ reason: "mismatch", state: "done" }]));
  const { mails } = await (await fetch(`${stage.simulatorsUrl}/mail/state`)).json();
  const manual = await rows("select due_at between now() and now() + interval '1 day' as is_near from refund_case where state = 'manual'");
  begun = { mails, manual };
}, 120_000);

async function owner(): Promise<MemberCaller> {
  const [{ id: memberId }] = await rows("select id from member where tenant_id = $1 and role = 'owner'", [tenantId]);
  const origin = { address: null, browser: null };
  return {
    kind: "member",
    memberId,
    tenantId,
    role: "owner",
    professionalId: null,
    seesPhones: true,
    permissions: rolePermissions("owner"),
    origin,
  };
}

test("the demo's first customers leave bookings in every state, and no mail tells of the three months before", async () => {
  const theirs = "k.customer_phone like '+57300123%'";
  expect(await count(`${theirs} and k.status = 'confirmed' and b.starts_at > now()`)).toBe(7);
  expect(await count(`${theirs} and k.status = 'pending'`)).toBeGreaterThanOrEqual(3);
  expect(await rows("select email, role from member where email not like '%@merchant.example'")).toEqual([
    { email: demo.owner.email, role: "owner" },
  ]);
  // Whoever comes tomorrow is reminded, once the sweep has come round.
  const mails = begun.mails.filter(({ subject }) => !subject.startsWith("Recordatorio:"));
  expect(mails.length).toBeGreaterThan(0);
  expect(mails.filter(({ to }) => /[0-9]@example[.]/.test(to))).toEqual([]);
});

test("three months of a living clinic break none of the five promises", async () => {
  expect(await examine()).toEqual([]);
  const months = await rows(`select count(*)::int as n from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    where b.starts_at < now() - interval '2 hours' and k.status = 'confirmed' group by floor(extract(epoch from now() - b.starts_at) / 2592000)::int
    order by floor(extract(epoch from now() - b.starts_at) / 2592000)::int desc offset 1`);
  expect(months).toHaveLength(3);
  for (const { n } of months) expect(n).toBeGreaterThan(130);
  expect(months[2].n).toBeGreaterThan(months[0].n);
  expect(await count("k.status = 'confirmed' and b.starts_at between now() and now() + interval '15 days'")).toBeGreaterThan(40);
  for (const state of [
    "attendance = 'no_show'",
    "moves = 1",
    "k.status = 'cancelled' and k.payment_status = 'paid'",
    "k.payment_status = 'refunded'",
  ])
    expect(await count(state), state).toBeGreaterThan(3);
  expect(await count("k.status = 'failed'")).toBeGreaterThan(1);
  expect(begun.manual).toEqual([{ is_near: true }]);
  expect(await count("k.paid_charge_id is not null and k.customer_id is null")).toBe(0);
  const [{ known, come, unread }] =
    await rows(`select (select count(*)::int from customer) as known, (select count(*)::int from visit) as come,
    (select c.last - r.read_through from notice_counter c join notice_reader r using (tenant_id))::int as unread`);
  expect(known).toBeGreaterThan(250);
  expect(come).toBeGreaterThan(2000);
  expect(unread).toBeGreaterThan(10);
  expect(unread).toBeLessThan(200);
  const people = await rows("select count(*)::int as visits from checkout group by customer_email having count(*) > 3");
  expect(people.length).toBeGreaterThan(10);
});

test("every booking is within the hours of its professional", async () => {
  const outside = await rows(`select b.id from booking b join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
    where not exists (select from working_hours w where w.tenant_id = b.tenant_id and w.professional_id = p.id
      and w.weekday = extract(isodow from b.starts_at at time zone 'America/Bogota')
      and (b.starts_at at time zone 'America/Bogota')::time >= w.starts_at and (b.ends_at at time zone 'America/Bogota')::time <= w.ends_at)`);
  expect(outside).toEqual([]);
});

test("the same seed plans the same history, and another one another", async () => {
  const catalog = await loadCatalog(demo.link.publicId);
  const plan = (seed: number) => planVisits({ catalog, now: Date.parse("2026-11-27T15:00:00Z"), seed }).map(shown);
  expect(plan(1)).toEqual(plan(1));
  expect(plan(1)).not.toEqual(plan(2));
});

test("whenever it is made, nobody has two at once, and nothing has happened that is still to come", async () => {
  const catalog = await loadCatalog(demo.link.publicId);
  for (const at of ["2026-02-28T04:59:00Z", "2026-06-07T18:00:00Z", "2027-01-01T12:30:00Z"]) {
    const now = Date.parse(at);
    const visits = planVisits({ catalog, now, seed: 2026 });
    const said = ({ bookedAt, note, moved, attendance, cancelled }: Visit) => [
      bookedAt,
      note?.at,
      moved?.at,
      attendance?.at,
      cancelled?.at,
    ];
    expect(visits.filter((visit) => said(visit).some((time) => time !== undefined && time > now))).toEqual([]);
    expect(visits.filter(({ bookedAt, start, moved }) => bookedAt > start || (moved && bookedAt > moved.at))).toEqual([]);
    const standing = visits.filter(({ isFailed, cancelled }) => !isFailed && !cancelled);
    for (const theirs of Map.groupBy(standing, ({ professional }) => professional.id).values()) {
      const spans = theirs.map(({ span }) => span).sort((a, b) => a.start - b.start);
      expect(spans.filter(({ start }, index) => start < (spans[index - 1]?.end ?? 0))).toEqual([]);
    }
  }
});

const shown = ({ service, professional, moved, ...visit }: Visit) => ({
  ...visit,
  service: service.id,
  professional: professional.id,
  moved: moved?.at,
});

test("the demo's shop has two paid orders to pack, and a purchase that was declined", async () => {
  const bought =
    "select o.number::int, s.discount_code as code, s.shipping ->> 'kind' as way, k.payment_status as payment from order_session s join checkout k on k.tenant_id = s.tenant_id and k.id = s.id left join shop_order o on o.tenant_id = s.tenant_id and o.id = s.id where s.tenant_id = $1 order by k.created_at";
  await eventually(async () =>
    expect(await rows(bought, [tenantId])).toEqual([
      { number: 1, code: "BIENVENIDA10", way: "flat", payment: "paid" },
      { number: 2, code: null, way: "pickup", payment: "paid" },
      { number: null, code: null, way: "flat", payment: "failed" },
    ]),
  );
});

test("a second start adds nothing", async () => {
  // What the first one set in motion is over: its last effects write events too.
  const due = "select count(*)::int as due from graphile_worker._private_jobs where run_at <= now()";
  await eventually(async () => expect(await rows(due)).toEqual([{ due: 0 }]));
  const before = await rows(
    "select (select count(*) from event) as events, (select count(*) from charge) as charges, (select count(*) from booking) as bookings",
  );
  expect(await liveOnce(place())).toBe("");
  expect(
    await rows(
      "select (select count(*) from event) as events, (select count(*) from charge) as charges, (select count(*) from booking) as bookings",
    ),
  ).toEqual(before);
});

test("every list and every export of a merchant answers", async () => {
  const { cookie } = await openMerchant(stage, { tenantId });
  const listed: readonly Operation[] = operations;
  const isList = ({ methods, path, permission }: Operation) => permission && methods.includes("get") && !/[{]|subdomain/.test(path);
  const paths = listed.filter(isList).map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(10);
  const [{ from, to }] = await rows("select (now() - interval '10 days')::date::text as from, now()::date::text as to");
  const statuses = await Promise.all(
    paths.map(async (path) => [
      path,
      (await ask(stage, path === "/api/calendar" ? `${path}?from=${from}&to=${to}` : path, { headers: { cookie } })).status,
    ]),
  );
  expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
});

test("the list, and the pages of a booking of last month, show what happened", async () => {
  const caller = await owner();
  const page = await listBookings({ tenantId, sight: bookingSight(caller), filters: { to: "2100-01-01" }, limit: 50 });
  expect(page.bookings).toHaveLength(50);
  const [past] = await rows(
    "select b.id from booking b where b.starts_at between now() - interval '80 days' and now() - interval '15 days' and b.moves = 1 limit 1",
  );
  const asked = { viewer: viewerOf(caller), bookingId: past.id };
  expect(await loadDeskBooking(asked)).toMatchObject({ status: "confirmed", money: { leftMinor: expect.any(Number) } });
  const { events } = await loadTimeline(asked);
  expect(events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["booking.created", "booking.paid", "booking.rescheduled", "callback.sent"]),
  );
  const { followUps } = await loadDeliveries(asked);
  expect(followUps.filter(({ state }) => state !== "done")).toEqual([]);
});

test("a coming booking is cancelled and refunded by the real engine, though the simulator was started again", async () => {
  await post(`${stage.simulatorsUrl}/reset`, {});
  await tellSimulators(stage.simulatorsUrl);
  const [coming] = await rows(`select b.id from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
    where k.status = 'confirmed' and b.starts_at > now() + interval '1 day' and c.amount_minor > 0 and c.created_at < now() - interval '26 hours' limit 1`);
  await cancelCheckout({ caller: await owner(), input: { tenantId, checkoutId: coming.id, refund: "full" } });
  const found = () =>
    rows("select state, last_error ~ 'El plazo para anular|only_cards' as was_asked from refund_case where checkout_id = $1", [coming.id]);
  // The provider knows the charge, and voids only those of the same day: a person sends it by hand.
  await expect.poll(found, { timeout: 30_000 }).toEqual([{ state: "manual", was_asked: true }]);
  await expect.poll(() => examine(), { timeout: 20_000 }).toEqual([]);
});
