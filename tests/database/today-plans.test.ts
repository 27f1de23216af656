import { beforeAll, expect, test } from "vitest";
import { loadCalendar } from "#queries/desk/calendar.ts";
import { loadComing, loadNewSince } from "#queries/desk/today.ts";
import { loadWaitingCounts } from "#queries/desk/waiting-counts.ts";
import { loadFirstRun } from "#queries/links/first-run.ts";
import type { NoticeReader } from "#queries/notices/notices.ts";
import { loadNoticeState, loadNotices } from "#queries/notices/notices.ts";
import { prepareDatabase } from "./own-database.ts";
import { scansOfTables } from "./scans.ts";
import { tenantWithSlots } from "./tenant-with-slots.ts";

/** One each hour and a half of two years, and as many payments, events and notices. */
const bookingCount = 12_000;
const tables = ["booking", "checkout", "event", "notification"];
const database = prepareDatabase();
let tenantId: string;
let professional: string;
let memberId: string;

beforeAll(async () => {
  const slots = await tenantWithSlots(database.owner);
  [tenantId, professional] = [slots.tenant, slots.professional];
  const { owner } = database;
  // Nobody reads what the keys lead to.
  await owner.query("set session_replication_role = replica");
  await owner.query(
    `with made as (select n, new_id() as id, new_id() as charge, now() - n * interval '90 minutes' as starts from generate_series(-20, $4::int) n),
     checkouts as (
       insert into checkout (tenant_id, id, kind, status, payment_status, ends_at, amount_minor, currency, customer_name, customer_email,
         customer_phone, accepted_terms_at, locale, token, session, paid_charge_id)
       select $1, id, 'booking', 'confirmed', 'paid', starts, 1, 'COP', 'Ana', 'a@example.com', '+573001234567', starts, 'es', 't', 's', charge
       from made
     ), charges as (
       insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor,
         currency, outcome)
       select $1, charge, new_id(), new_id(), 'tx-' || n, 'r', 'approved', 'APPROVED', 1, 'COP', 'booked' from made
     ), events as (
       insert into event (tenant_id, subject_kind, subject_id, kind, actor, created_at)
       select $1, 'checkout', id, kind, 'system', starts from made, unnest(array['booking.created', 'booking.paid', 'booking.confirmed']) kind
     ), notices as (
       insert into notification (tenant_id, follow_up_id, kind, checkout_id, professional_id, number, created_at)
       select $1, new_id(), 'booking.paid', id, $3, $4 - n + 1, starts from made where n <= $4
     )
     insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during, price_minor, charge_type,
       capacity_policy, online)
     select $1, id, (select id from booking_link where tenant_id = $1 limit 1), $2, $3, starts, starts + interval '30 min',
       tstzrange(starts, starts + interval '30 min'), 1, 'total', 'hold', false from made`,
    [tenantId, slots.services[30], professional, bookingCount],
  );
  await owner.query("set session_replication_role = origin");
  const { rows } = await owner.query(
    `insert into member (tenant_id, person_id, role, name, email, created_at)
     values ($1, new_id(), 'owner', 'Ana', 'ana@example.com', now() - interval '5 years') returning id`,
    [tenantId],
  );
  memberId = rows[0].id;
  // As autovacuum does within a minute.
  await owner.query("vacuum analyze booking, checkout, event, notification");
  await owner.query("select pg_stat_force_next_flush()");
  await owner.query("select 1");
});

const zone = "America/Bogota";
const today = () => new Date(Date.now() - 5 * 3_600_000).toISOString().slice(0, 10);
const everybody = { onlyOf: null, seesPhones: true };
const own = () => ({ onlyOf: { professionalId: professional }, seesPhones: true });
const reader = (role: NoticeReader["role"]): NoticeReader => ({ tenantId, memberId, role, professionalId: professional });
const day = () => ({ tenantId, day: today(), timezone: zone });

const parts: Record<string, () => Promise<unknown>> = {
  "who comes": () => loadComing({ ...day(), sight: everybody }),
  "who comes to one": () => loadComing({ ...day(), sight: own() }),
  "what is new": () => loadNewSince({ ...day(), sight: everybody }),
  "what is free": () => loadCalendar({ tenantId, sight: everybody, from: today(), to: today() }),
  "what waits": () => loadWaitingCounts(tenantId),
  "the bell's count": () => loadNoticeState(reader("owner")),
  "the bell's list": () => loadNotices(reader("owner")),
  "the bell's list for staff": () => loadNotices(reader("staff")),
  "the first run": () => loadFirstRun(tenantId),
};

test.each(Object.entries(parts))("%s is read by index, and not with all the others", async (_name, read) => {
  const { whole, entries } = await scansOfTables({ owner: database.owner, tables, run: read });
  expect(whole).toBe(0);
  expect(entries).toBeLessThan(1500);
});

test("they are what they say: the day is there, the bell is full, and nothing is empty by mistake", async () => {
  expect((await loadComing({ ...day(), sight: everybody })).bookings.length).toBeGreaterThan(3);
  expect((await loadNewSince({ ...day(), sight: own() })).count).toBeGreaterThan(3);
  expect((await loadNotices(reader("staff"))).notices).toHaveLength(50);
  expect(await loadNoticeState(reader("owner"))).toMatchObject({ unread: 100 });
});
