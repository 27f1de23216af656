import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { connectAs, insufficientPrivilege, outcome, type Role } from "./roles.ts";

const roles = ["konfirmado_app", "konfirmado_system", "konfirmado_auth"] as const;
let database: TestDatabase;
let owner: pg.Client;
const clients: Partial<Record<Role, pg.Client>> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectAs(database.url, "owner");
  for (const role of roles) clients[role] = await connectAs(database.url, role);
  // Anybody else who has a login on the same server.
  await owner.query(
    "do $$ begin if not exists (select from pg_roles where rolname = 'stranger_of_tests') then create role stranger_of_tests; end if; end $$",
  );
});
afterAll(async () => {
  for (const client of Object.values(clients)) await client.end();
  await owner.end();
  await database.drop();
});

const values = async (text: string) => (await owner.query<{ value: string }>(text)).rows.map((row) => row.value);

describe.each(roles)("%s", (role) => {
  const client = (): pg.Client => {
    const found = clients[role];
    if (!found) throw new Error("not connected");
    return found;
  };
  beforeEach(async () => {
    await client().query("begin");
    return () => client().query("rollback");
  });

  test("is nobody special: no superuser, no bypass of row-level security, no login, no right to make roles or databases, member of nothing", async () => {
    const { rows } = await owner.query(
      "select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = $1",
      [role],
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    ]);
    expect(await values(`select roleid::regrole::text as value from pg_auth_members where member = '${role}'::regrole`)).toEqual([]);
  });

  test("owns nothing and can make nothing of its own", async () => {
    expect(await values(`select relname as value from pg_class where relowner = '${role}'::regrole`)).toEqual([]);
    expect(await values(`select proname as value from pg_proc where proowner = '${role}'::regrole`)).toEqual([]);
    expect(await values(`select nspname as value from pg_namespace where nspowner = '${role}'::regrole`)).toEqual([]);
    expect(await outcome(client(), "create table public.mine (id int)")).toBe(insufficientPrivilege);
  });

  test("cannot switch row-level security off or change a table", async () => {
    expect(await outcome(client(), "alter table booking disable row level security")).toBe(insufficientPrivilege);
    expect(await outcome(client(), "drop policy tenant_only on booking")).toBe(insufficientPrivilege);
    expect(await outcome(client(), "alter table slot_claim drop constraint slot_claim_no_overlap")).toBe(insufficientPrivilege);
    expect(await outcome(client(), "set session_replication_role = replica")).toBe(insufficientPrivilege);
  });

  test("cannot read or write the queue's tables; enqueue_job is its only door", async () => {
    // Without payloads. The doctor looks there for lost jobs.
    const mayRead = (table: string) => role === "konfirmado_system" && table === "graphile_worker.jobs";
    for (const table of await values(
      "select format('graphile_worker.%I', relname) as value from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind in ('r', 'v')",
    ))
      expect(await outcome(client(), `select 1 from ${table}`), table).toBe(mayRead(table) ? 0 : insufficientPrivilege);
    expect(await outcome(client(), "select graphile_worker.add_job('sweep')")).toBe(insufficientPrivilege);
    expect(await outcome(client(), "select enqueue_job('sweep', '{}')")).toBe(1);
  });

  test("cannot write the list of migrations", async () => {
    if (role !== "konfirmado_system") expect(await outcome(client(), "select 1 from migration")).toBe(insufficientPrivilege);
    expect(await outcome(client(), "insert into migration (name) values ('x')")).toBe(insufficientPrivilege);
    expect(await outcome(client(), "delete from migration")).toBe(insufficientPrivilege);
  });
});

describe("the directory", () => {
  test("holds public words and whose they are: no secret has a column there", async () => {
    expect(
      await values("select attname as value from pg_attribute where attrelid = 'directory'::regclass and attnum > 0 order by 1"),
    ).toEqual(["key", "kind", "tenant_id"]);
  });

  const word = "insert into directory (kind, key, tenant_id) values ('link', 'web', $1)";
  const [first, second] = [randomUUID(), randomUUID()];
  const asTenant = (tenant: string) => app().query("select set_config('app.tenant_id', $1, true)", [tenant]);
  const app = (): pg.Client => {
    if (!clients.konfirmado_app) throw new Error("not connected");
    return clients.konfirmado_app;
  };
  beforeEach(async () => {
    await app().query("begin");
    return () => app().query("rollback");
  });

  test("can be read by everybody, and written by a tenant in its own name only", async () => {
    expect(await outcome(app(), word, [first])).toBe(insufficientPrivilege);
    await asTenant(first);
    expect(await outcome(app(), word, [second])).toBe(insufficientPrivilege);
    expect(await outcome(app(), word, [first])).toBe(1);
    await asTenant(second);
    expect(await outcome(app(), "select * from directory")).toBe(1);
  });

  test("a word stays its first owner's: nobody else can have it, take it over or give it back", async () => {
    await asTenant(first);
    await app().query(word, [first]);
    await asTenant(second);
    expect(await outcome(app(), word, [second])).toBe("23505");
    expect(await outcome(app(), `${word} on conflict do nothing`, [second])).toBe(0);
    expect(await outcome(app(), `${word} on conflict (kind, key) do update set tenant_id = excluded.tenant_id`, [second])).toBe(
      insufficientPrivilege,
    );
    expect(await outcome(app(), "update directory set tenant_id = $1", [second])).toBe(insufficientPrivilege);
    expect(await outcome(app(), "delete from directory")).toBe(0);
    await asTenant(first);
    expect(await outcome(app(), "delete from directory where key = 'web'")).toBe(1);
    await asTenant(second);
    expect(await outcome(app(), word, [second])).toBe(1);
  });
});

test("no function that runs with its owner's rights may be called by anybody but the roles", async () => {
  const open = await values(
    `select p.oid::regprocedure::text as value from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace
     and has_function_privilege('stranger_of_tests', p.oid, 'execute')`,
  );
  expect(open).toEqual([]);
});

const tablesOf = (schema: string) =>
  values(`select format('%I.%I', nspname, relname) as value from pg_class join pg_namespace n on n.oid = relnamespace
    where nspname = '${schema}' and relkind in ('r', 'v', 'p')`);
const rightsOf = async (role: string, schema: string) => {
  const open: string[] = [];
  for (const table of await tablesOf(schema))
    if ((await values(`select has_table_privilege('${role}', '${table}', 'select, insert, update, delete') as value`))[0]) open.push(table);
  return open;
};

test("people's accounts are a world of their own: their role reads no other table, and no other role reads them", async () => {
  expect(await rightsOf("konfirmado_auth", "public")).toEqual([]);
  expect(await rightsOf("konfirmado_auth", "auth")).toEqual(await tablesOf("auth"));
  for (const role of ["konfirmado_app", "konfirmado_system", "stranger_of_tests"]) {
    expect(await rightsOf(role, "auth"), role).toEqual([]);
    expect(await values(`select has_schema_privilege('${role}', 'auth', 'usage') as value`), role).toEqual([false]);
  }
});

test("the role of people's accounts may call no function with its owner's rights but enqueue_job", async () => {
  const open = await values(
    `select proname as value from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace
     and has_function_privilege('konfirmado_auth', p.oid, 'execute')`,
  );
  expect(open).toEqual(["enqueue_job"]);
});

test("a stranger reads no table", async () => {
  const open = await values(
    `select relname as value from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'p')
     and (has_table_privilege('stranger_of_tests', oid, 'select') or has_table_privilege('stranger_of_tests', oid, 'insert'))`,
  );
  expect(open).toEqual([]);
});

test("functions that run with their owner's rights fix where they look for names", async () => {
  expect(
    await values(
      "select proname as value from pg_proc where prosecdef and pronamespace = 'public'::regnamespace and not coalesce(array_to_string(proconfig, ','), '') like '%search_path=pg_catalog%'",
    ),
  ).toEqual([]);
});

test("an id made by the database is a UUID of version 7 that sorts by time", async () => {
  const ids = await values("select new_id()::text as value from generate_series(1, 200)");
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
  expect(Math.abs(Number.parseInt((ids[0] ?? "").replaceAll("-", "").slice(0, 12), 16) - Date.now())).toBeLessThan(60_000);
  expect(new Set(ids).size).toBe(200);
});
