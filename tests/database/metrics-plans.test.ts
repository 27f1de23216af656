import { beforeAll, expect, test } from "vitest";
import type { MetricsQuery } from "#contracts/metrics/metrics.ts";
import { loadMetrics } from "#queries/metrics/load-metrics.ts";
import { prepareDatabase } from "./own-database.ts";
import { scansOfTables } from "./scans.ts";
import { tenantWithSlots } from "./tenant-with-slots.ts";

const database = prepareDatabase();
let tenantId: string;
/** One an hour, for more than a year. Half of them paid, each with six events and a webhook. */
const visitCount = 10_000;

/** An id of that moment, as the product makes them. `part` tells ids of one moment apart. */
const idAt = (part: number) =>
  `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(${part}), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid`;

beforeAll(async () => {
  const slots = await tenantWithSlots(database.owner);
  tenantId = slots.tenant;
  const service = slots.services[30];
  await database.owner.query("set session_replication_role = replica");
  await database.owner.query(
    "insert into connection (tenant_id, id, kind, provider, mode, credentials) values ($1, $1, 'payment', 'wompi', 'production', 'x')",
    [tenantId],
  );
  await database.owner.query(
    `create temp table made as
     select n, at, ${idAt(1)} as checkout, ${idAt(2)} as payment, ${idAt(3)} as charge, gen_random_uuid() as visit
     from (select n, now() - n * interval '1 hour' as at from generate_series(1, ${visitCount}) n) times`,
  );
  const [link] = (await database.owner.query("select id from booking_link where tenant_id = $1", [tenantId])).rows;
  const say = (text: string, ...more: unknown[]) => database.owner.query(text, [tenantId, ...more]);
  await say(
    `insert into visit (tenant_id, id, link_id, device, service_id, professional_id, provider, checkout_id, opened_at, service_at, slot_at, details_at, payment_at)
     select $1, visit, $2, 'phone', $3, $4, 'wompi', case when n % 2 = 0 then checkout end, at, at, at, at, at from made`,
    ...[link.id, service, slots.professional],
  );
  await say(
    `insert into checkout (tenant_id, id, kind, status, ends_at, amount_minor, currency, customer_name, customer_email, customer_phone,
       accepted_terms_at, locale, token, session, paid_charge_id)
     select $1, checkout, 'booking', 'confirmed', at, 100, 'COP', 'Ana', 'a@example.com', '+573001234567', at, 'es', 't', 's', charge from made where n % 2 = 0`,
  );
  await say(
    `insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during, price_minor, charge_type, capacity_policy, online)
     select $1, checkout, $2, $3, $4, at, at + interval '30 min', tstzrange(at, at + interval '30 min'), 100, 'total', 'hold', false from made where n % 2 = 0`,
    ...[link.id, service, slots.professional],
  );
  await say(
    `insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, status, expires_at, payable_until)
     select $1, payment, checkout, $1, 'wompi', 'KF-' || n, 100, 'COP', 'approved', at, at from made where n % 2 = 0`,
  );
  await say(
    `insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency, outcome, approved_at, created_at)
     select $1, charge, $1, payment, 'c-' || n, 'KF-' || n, 'approved', 'APPROVED', 100, 'COP', 'booked', at, at from made where n % 2 = 0`,
  );
  await say(
    `insert into event (tenant_id, subject_kind, subject_id, kind, actor, created_at)
     select $1, 'checkout', checkout, case when k = 6 then 'booking.confirmed' else 'booking.step' end, 'system', at
     from made, generate_series(1, 6) k where n % 2 = 0 order by n desc`,
  );
  await say(
    `insert into inbox_event (tenant_id, id, connection_id, provider, event_key, event_kind, provider_charge_id, is_about_charge, is_approval, body, headers, state, received_at, settled_at)
     select $1, ${idAt(4)}, $1, 'wompi', 'k-' || n, 'x', 'c-' || n, true, true, '', '{}', 'settled', at, at + interval '40 ms' from made where n % 2 = 0`,
  );
  await database.owner.query("set session_replication_role = origin");
  await database.owner.query("vacuum analyze visit, checkout, booking, payment, charge, event, inbox_event");
  await database.owner.query("select pg_stat_force_next_flush()");
  await database.owner.query("select 1");
});

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const tables = ["visit", "checkout", "booking", "payment", "charge", "event", "inbox_event"];
const times = 2;

/** `visits` of the range; the entries that each costs, on all indexes together. */
async function expectByIndex(query: MetricsQuery, visits: [number, number]): Promise<void> {
  const { whole, entries } = await scansOfTables({
    owner: database.owner,
    tables,
    async run() {
      for (let time = 0; time < times; time += 1) {
        const { funnel, money, webhooks } = await loadMetrics(tenantId, query);
        expect(funnel[0]?.visits).toBeGreaterThanOrEqual(visits[0]);
        expect(funnel[0]?.visits).toBeLessThanOrEqual(visits[1]);
        expect(funnel.at(-1)?.visits).toBeGreaterThan(0);
        expect([money?.length, webhooks.length]).toEqual([1, 1]);
      }
    },
  });
  expect(whole).toBe(0);
  expect(entries).toBeLessThan(times * visits[1] * 12);
}

test.each([
  ["a week", () => ({ from: day(6) }), [24 * 6, 24 * 7]],
  ["a week long ago, by service", () => ({ from: day(306), to: day(300), by: "service" }), [24 * 6, 24 * 7 + 1]],
] as const)("%s is read by indexes, and no year of events with it", async (_name, query, visits) => {
  await expectByIndex(query(), [...visits]);
});
