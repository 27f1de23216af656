import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { BookingFilters } from "#contracts/desk/bookings-list.ts";
import { listBookings } from "#queries/desk/bookings-list.ts";
import { prepareDatabase } from "./own-database.ts";
import { scansOfTables } from "./scans.ts";
import { tenantWithSlots } from "./tenant-with-slots.ts";

const bookingCount = 12_000;
const database = prepareDatabase();
let tenantId: string;
let service: string;
let professional: string;

beforeAll(async () => {
  const slots = await tenantWithSlots(database.owner);
  [tenantId, service, professional] = [slots.tenant, slots.services[30] ?? "", slots.professional];
  // Nobody reads what the keys lead to.
  await database.owner.query("set session_replication_role = replica");
  await database.owner.query(
    `with made as (select n, new_id() as id, now() - n * interval '1 minute' as starts from generate_series(1, $4::int) n),
     checkouts as (
       insert into checkout (tenant_id, id, kind, status, ends_at, amount_minor, currency, customer_name, customer_email, customer_phone,
         accepted_terms_at, locale, token, session, paid_charge_id)
       select $1, id, 'booking', case when n = $4 - 1 then 'cancelled' else 'confirmed' end, starts, 1, 'COP',
         case when n = $4 then 'Rara Avis' else 'Ana' end, 'a@example.com', case when n = $4 - 2 then '+33612345678' else '+573001234567' end, starts, 'es', 't', 's', new_id() from made
     )
     insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during, price_minor, charge_type,
       capacity_policy, online)
     select $1, id, (select id from booking_link where tenant_id = $1 limit 1), $2, $3, starts, starts + interval '30 min',
       tstzrange(starts, starts + interval '30 min'), 1, 'total', 'hold', false from made`,
    [tenantId, service, professional, bookingCount],
  );
  await database.owner.query("set session_replication_role = origin");
  // As autovacuum does within a minute: a list is planned anew for each reader.
  await database.owner.query("vacuum analyze booking, checkout");
  await database.owner.query("select pg_stat_force_next_flush()");
  await database.owner.query("select 1");
});

const times = 3;
const sight = { onlyOf: null, seesPhones: true };
type Case = { filters: BookingFilters; found: number; entriesMax: number };

async function expectByIndex({ entriesMax, ...read }: Case): Promise<void> {
  const { whole, entries } = await readAndCount(read);
  expect(whole).toBe(0);
  expect(entries).toBeLessThan(times * entriesMax);
}

function readAndCount({ filters, found }: Omit<Case, "entriesMax">) {
  return scansOfTables({
    owner: database.owner,
    tables: ["booking", "checkout"],
    async run() {
      for (let time = 0; time < times; time += 1)
        expect((await listBookings({ tenantId, sight, filters, limit: 25 })).bookings).toHaveLength(found);
    },
  });
}

const longAgo = () => new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
const cases: Record<string, () => Case> = {
  "a page": () => ({ filters: {}, found: 25, entriesMax: 200 }),
  "a professional's page": () => ({ filters: { professional }, found: 25, entriesMax: 200 }),
  "a service's page": () => ({ filters: { service }, found: 25, entriesMax: 200 }),
  "a day long ago": () => ({ filters: { to: longAgo() }, found: 25, entriesMax: 200 }),
  "a reference that nobody has": () => ({ filters: { search: "KF-7M2Q9X4C1V8B3N6Z5D0FHE" }, found: 0, entriesMax: 50 }),
  "an id that nobody has": () => ({ filters: { search: randomUUID() }, found: 0, entriesMax: 50 }),
};

test.each(Object.entries(cases))("%s is read by index, and not with all the others", async (_name, make) => {
  await expectByIndex(make());
});

test.each([
  ["name", { search: "rara" }, "checkout_search"],
  ["phone number", { search: "+33 6 12 34 56 78" }, "checkout_search"],
  ["status", { status: "cancelled" }, "checkout_by_status"],
] as const)("a rare %s is looked up in an index of its own", async (_what, filters, index) => {
  const scans = async () => {
    await database.owner.query("select pg_stat_clear_snapshot()");
    const { rows } = await database.owner.query("select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = $1", [index]);
    return rows[0].scans;
  };
  const before = await scans();
  await readAndCount({ filters, found: 1 });
  expect((await scans()) - before).toBeGreaterThanOrEqual(times);
});

test("a search finds nothing in another merchant's transaction, and nothing outside of one", async () => {
  const found = async (tenant: string) => {
    await database.owner.query("select set_config('app.tenant_id', $1, false)", [tenant]);
    const { rows } = await database.owner.query("select count(*)::int as n from find_bookings(array['%rara%', '%', '%'], '%336%')");
    return rows[0].n;
  };
  expect(await found(tenantId)).toBe(2);
  expect(await found(randomUUID())).toBe(0);
  expect(await found("")).toBe(0);
});
