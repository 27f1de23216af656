import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { checkViolation, connectAs, foreignKeyViolation, outcome } from "./roles.ts";

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectAs(database.url, "owner");
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test("every foreign key between tenant tables carries the tenant on both sides, first", async () => {
  const { rows } = await owner.query<{ key: string; own: string; other: string }>(
    `select conrelid::regclass || ': ' || pg_get_constraintdef(k.oid) as key,
       (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as own,
       (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) as other
     from pg_constraint k where contype = 'f' and connamespace = 'public'::regnamespace order by 1`,
  );
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => row.own !== "tenant_id" || row.other !== "tenant_id").map((row) => row.key)).toEqual([]);
});

test("the directory has no foreign key: it may lie on another server than the tenants", async () => {
  const { rows } = await owner.query("select conname from pg_constraint where contype = 'f' and conrelid = 'directory'::regclass");
  expect(rows).toEqual([]);
});

test("every primary key, unique index and exclusion of a tenant table leads with the tenant", async () => {
  const { rows } = await owner.query<{ index: string }>(
    `select i.indexrelid::regclass::text as index from pg_index i join pg_class c on c.oid = i.indrelid
     where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and (i.indisunique or i.indisexclusion)
       and (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) <> 'tenant_id'
       and c.relname <> 'directory'`,
  );
  expect(rows).toEqual([]);
});

describe("one tenant's row cannot point at another's", () => {
  const [ours, theirs] = [randomUUID(), randomUUID()];
  const their = { service: randomUUID(), professional: randomUUID(), link: randomUUID() };
  const our = { service: randomUUID(), professional: randomUUID(), link: randomUUID() };

  beforeEach(async () => {
    await owner.query("begin");
    for (const [tenant, ids] of [
      [ours, our],
      [theirs, their],
    ] as const) {
      await owner.query("insert into tenant (tenant_id, slug, name) values ($1, $2, 'x')", [tenant, `t-${tenant}`]);
      await owner.query("insert into service (tenant_id, id, name, duration_minutes, price_minor) values ($1, $2, 'x', 30, 100)", [
        tenant,
        ids.service,
      ]);
      await owner.query("insert into professional (tenant_id, id, name) values ($1, $2, 'x')", [tenant, ids.professional]);
      await owner.query("insert into booking_link (tenant_id, id, public_id, name) values ($1, $2, $3, 'x')", [
        tenant,
        ids.link,
        `link-${ids.link}`,
      ]);
    }
    return () => owner.query("rollback");
  });

  const give = "insert into service_professional (tenant_id, service_id, professional_id) values ($1, $2, $3)";
  const claim = `insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, expires_at)
    values ($1, $2, $3, now(), now() + interval '1 hour', tstzrange(now(), now() + interval '1 hour'), 'held', now())`;
  const checkout = `insert into checkout (tenant_id, id, kind, ends_at, amount_minor, currency, customer_name, customer_email,
      customer_phone, accepted_terms_at, locale, token, session)
    values ($1, $2, 'booking', now(), 1, 'COP', 'x', 'x', 'x', now(), 'es', 't', 's')`;
  const booking = `with made as (${checkout.replace("$2", "coalesce($5::uuid, new_id())")} returning tenant_id, id)
    insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during, price_minor, charge_type,
      capacity_policy, online)
    select tenant_id, id, $2, $3, $4, now(), now() + interval '1 hour', tstzrange(now(), now() + interval '1 hour'), 1, 'total', 'hold', false
    from made`;

  test("a professional who gives another merchant's service", async () => {
    expect(await outcome(owner, give, [ours, our.service, our.professional])).toBe(1);
    expect(await outcome(owner, give, [ours, their.service, our.professional])).toBe(foreignKeyViolation);
    expect(await outcome(owner, give, [ours, our.service, their.professional])).toBe(foreignKeyViolation);
  });

  test("a claim for another merchant's booking", async () => {
    const id = randomUUID();
    await owner.query(booking, [theirs, their.link, their.service, their.professional, id]);
    await owner.query(claim, [ours, our.professional, our.service]);
    expect(await outcome(owner, "update slot_claim set checkout_id = $1", [id])).toBe(foreignKeyViolation);
    expect(await outcome(owner, "update slot_claim set checkout_id = $1, tenant_id = $2", [id, theirs])).toBe(1);
  });

  test("a booking through another merchant's link", async () => {
    expect(await outcome(owner, booking, [ours, our.link, our.service, our.professional, null])).toBe(1);
    expect(await outcome(owner, booking, [ours, their.link, our.service, our.professional, null])).toBe(foreignKeyViolation);
  });

  test("nor can a booking be paid without a charge, or a claim be booked without a booking", async () => {
    await owner.query(booking, [ours, our.link, our.service, our.professional, null]);
    expect(await outcome(owner, "update checkout set status = 'paid'")).toBe(checkViolation);
    await owner.query(claim, [ours, our.professional, our.service]);
    expect(await outcome(owner, "update slot_claim set state = 'booked'")).toBe(checkViolation);
    expect(await outcome(owner, "update slot_claim set expires_at = null")).toBe(checkViolation);
    expect(await outcome(owner, "update slot_claim set state = 'sold'")).toBe(checkViolation);
  });
});
