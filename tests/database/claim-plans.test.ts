import { beforeAll, describe, expect, test } from "vitest";
import { holdSlot } from "#commands/claims/hold-slot.ts";
import { sweep } from "#commands/sweep.ts";
import { closeDb } from "#platform/db.ts";
import { loadAvailability } from "#queries/availability.ts";
import { loadOwnHold } from "#queries/own-hold.ts";
import { prepareDatabase } from "./own-database.ts";
import { connectAs } from "./roles.ts";
import { scansOfTables } from "./scans.ts";
import { addProfessional, type Slots, tenantWithSlots } from "./tenant-with-slots.ts";

const claimCount = 20_000;
const professionals = 4;
const from = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const to = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const database = prepareDatabase();
let slots: Slots;

beforeAll(async () => {
  slots = await tenantWithSlots(database.owner);
  for (let more = 1; more < professionals; more += 1) await addProfessional(database.owner, slots);
  // Five thousand claims per professional, one an hour, over seven months: living, let go, and lapsed ones.
  await database.owner.query(
    `insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, expires_at, session, address)
     select $1, p.id, $2, at, at + interval '30 minutes', tstzrange(at, at + interval '30 minutes'), (array['held', 'released', 'expired', 'held'])[1 + n % 4],
       now() + case n % 4 when 0 then interval '10 minutes' else interval '-10 minutes' end, 'session-' || p.id || n, 'address-' || (n % 500)
     from professional p, generate_series(1, ${claimCount / professionals}) n, lateral (select date_trunc('hour', now()) - interval '10 days' + n * interval '1 hour' as at) t`,
    [slots.tenant, slots.services[30]],
  );
  await database.owner.query("vacuum analyze slot_claim");
  // What this connection read while it inserted is counted now, not in the middle of a test.
  await database.owner.query("select pg_stat_force_next_flush()");
  await database.owner.query("select 1");
});

const place = () => ({ link: slots.link, serviceId: slots.services[30] ?? "", professionalId: slots.professional });

const scansOf = (run: () => Promise<unknown>) => scansOfTables({ owner: database.owner, tables: ["slot_claim"], run });

test(`there are at least ${claimCount} claims, and a read of the whole table would be counted`, async () => {
  const counted = await scansOf(async () => {
    const other = await connectAs(database.url, "owner");
    // Where a vacuum could mark every page, an index alone would answer as well.
    await other.query("set enable_indexonlyscan = off; set enable_indexscan = off; set enable_bitmapscan = off");
    const { rows } = await other.query<{ count: number }>("select count(*)::int as count from slot_claim");
    expect(rows[0]?.count).toBeGreaterThanOrEqual(claimCount);
    await other.query("select count(*) from slot_claim where address || '' = 'x'");
    await other.end();
  });
  expect(counted.whole).toBeGreaterThan(0);
});

test("availability finds its claims by index, also once the plan is a generic one", async () => {
  const wish = { ...place(), from, to, session: "0123456789abcdef" };
  const look = () =>
    scansOf(async () => {
      for (let time = 0; time < 12; time += 1) expect((await loadAvailability(wish)).slots.length).toBeGreaterThan(500);
    });
  // A month of one professional's living claims, not all that they ever had: `during` is a condition of the index.
  const entriesMax = 12 * 500;
  let counted = await look();
  // What a busy PostgreSQL counts late falls into one look. A plan that reads too much does so in each.
  for (let more = 0; more < 2 && counted.entries >= entriesMax; more += 1) counted = await look();
  expect(counted.whole).toBe(0);
  expect(counted.byIndex).toBeGreaterThanOrEqual(12);
  expect(counted.entries).toBeLessThan(entriesMax);
});

// The sweeper's test comes last: it changes which claims live.
describe("holds, then the sweeper", { shuffle: false }, () => {
  test("a hold, a re-pick, a refused hold and the look at one's own hold use indexes only", async () => {
    const free = (await loadAvailability({ ...place(), from, to, session: null })).slots.filter((slot) => slot.state === "free");
    await closeDb();
    const request = (index: number) => ({ ...place(), start: free[index * 7]?.start ?? "" });
    const session = "a-session-of-the-test";
    const customer = (known: { session?: string; address?: string }) =>
      ({ kind: "customer", session: null, address: "192.0.2.1", ...known }) as const;
    const counted = await scansOf(async () => {
      for (let index = 0; index < 12; index += 1) await holdSlot({ caller: customer({ session }), input: request(index) });
      for (let index = 12; index < 24; index += 1)
        await holdSlot({ caller: customer({ address: `192.0.2.${index}` }), input: request(index) });
      await expect(holdSlot({ caller: customer({}), input: request(23) })).rejects.toMatchObject({ code: "slot_taken" });
      expect(await loadOwnHold({ link: slots.link, session })).toMatchObject({ start: free[77]?.start });
    });
    expect(counted.whole).toBe(0);
    // Each looks at what is in its way and its own, not at all that lives.
    expect(counted.entries).toBeLessThan(26 * 50);
  });

  test("the sweeper finds what has lapsed by index", async () => {
    await database.owner.query(
      "update slot_claim set expires_at = now() + interval '1 day' where state = 'held' and starts_at > now() and expires_at < now()",
    );
    await database.owner.query("vacuum analyze slot_claim");
    const { rows } = await database.owner.query<{ "QUERY PLAN": string }>(
      "explain select tenant_id, id from slot_claim where state = 'held' and expires_at <= now() order by id limit 500 for update skip locked",
    );
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("slot_claim_lapsing");
    expect((await sweep()).lapsedHolds).toBeGreaterThan(0);
  });
});
