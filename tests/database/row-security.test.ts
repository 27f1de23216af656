import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase } from "../support/test-database.ts";
import { anyRow, forgetMeaning, tenantTables } from "./any-row.ts";
import { connectAs, insufficientPrivilege, outcome } from "./roles.ts";

const database = await createTestDatabase();
const owner = await connectAs(database.url, "owner");
const tables = await tenantTables(owner);
const ours = randomUUID();
const theirs = randomUUID();
let app: pg.Client;

beforeAll(async () => {
  await forgetMeaning(owner);
  for (const table of tables)
    for (const tenant of [ours, theirs]) {
      const row = anyRow(table, tenant);
      await owner.query(row.text, row.values);
    }
  app = await connectAs(database.url, "konfirmado_app");
});
afterAll(async () => {
  await app.end();
  await owner.end();
  await database.drop();
});

test("there are tenant tables to look at, and every table with a policy is one of them", async () => {
  const { rows } = await owner.query<{ name: string }>(
    "select distinct polrelid::regclass::text as name from pg_policy where polrelid <> 'directory'::regclass order by 1",
  );
  expect(tables.length).toBeGreaterThan(15);
  expect(rows.map((row) => row.name)).toEqual(tables.map((table) => table.name).sort());
});

test("row-level security is on for every one of them", async () => {
  const { rows } = await owner.query<{ name: string }>(
    "select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace and relname <> 'directory' order by 1",
  );
  expect(rows.map((row) => row.name)).toEqual(tables.map((table) => table.name));
});

/** How a connection of the app may come to a statement: with a tenant, with none yet, or after another transaction's setting has ended. */
const situations = {
  "another tenant": () => app.query("select set_config('app.tenant_id', $1, true)", [theirs]),
  "no tenant": () => app.query("reset app.tenant_id"),
  "an empty tenant, as a pooled connection reads it back": () => app.query("select set_config('app.tenant_id', '', true)"),
};

/** What nobody changes or takes away, but for the name of an erased person. */
const unchangeable = ["refund_proof"];

describe.each(tables)("$name", (table) => {
  const changing = (rows: number) => (unchangeable.includes(table.name) ? insufficientPrivilege : rows);
  beforeEach(async () => {
    await app.query("begin");
    return async () => {
      await app.query("rollback");
      const { rows } = await owner.query<{ count: string }>(`select count(*)::text as count from ${table.name} where tenant_id = $1`, [
        ours,
      ]);
      expect(rows[0]?.count).toBe("1");
    };
  });

  test("its own tenant sees its row and may change it", async () => {
    await app.query("select set_config('app.tenant_id', $1, true)", [ours]);
    expect(await outcome(app, `select 1 from ${table.name}`)).toBe(1);
    expect(await outcome(app, `update ${table.name} set tenant_id = tenant_id`)).toBe(changing(1));
  });

  test.each(Object.entries(situations))("%s sees nothing of it and changes nothing in it", async (name, enter) => {
    await enter();
    const own = name === "another tenant" ? 1 : 0;
    expect(await outcome(app, `select 1 from ${table.name}`)).toBe(own);
    expect(await outcome(app, `select 1 from ${table.name} where tenant_id = $1`, [ours])).toBe(0);
    expect(await outcome(app, `update ${table.name} set tenant_id = tenant_id where tenant_id = $1`, [ours])).toBe(changing(0));
    expect(await outcome(app, `delete from ${table.name} where tenant_id = $1`, [ours])).toBe(changing(0));
    expect(await outcome(app, `select 1 from ${table.name} where tenant_id = $1 for update`, [ours])).toBe(0);
    const foreign = anyRow(table, ours);
    expect(await outcome(app, foreign.text, foreign.values)).toBe(insufficientPrivilege);
    expect(await outcome(app, `truncate ${table.name}`)).toBe(insufficientPrivilege);
  });

  test("a tenant cannot give its own row to another", async () => {
    await app.query("select set_config('app.tenant_id', $1, true)", [theirs]);
    expect(await outcome(app, `update ${table.name} set tenant_id = $1`, [ours])).toBe(insufficientPrivilege);
  });
});
