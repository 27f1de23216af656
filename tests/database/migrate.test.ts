import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import pg from "pg";
import { afterEach, expect, inject, test } from "vitest";
import { migrate, OutdatedDatabase } from "#db/migrate.ts";

const pathsIn = (folder: string) =>
  readdirSync(join(import.meta.dirname, "../../db", folder), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".sql"));
const sqlIn = (folder: string) =>
  pathsIn(folder)
    .map((path) => basename(path))
    .sort();
const files = [...sqlIn("migrations"), ...sqlIn("functions")];
const made: string[] = [];

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("databaseAdminUrl") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database without anything in it. */
async function emptyDatabase(): Promise<string> {
  const name = `empty_${randomBytes(8).toString("hex")}`;
  await asAdmin(`create database ${name} template template0`);
  made.push(name);
  const url = new URL(inject("databaseAdminUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

afterEach(async () => {
  for (const name of made.splice(0)) await asAdmin(`drop database if exists ${name}`); // waits up to 5 s for sessions that are leaving
});

test("every file is applied once, in order; a second run has nothing to do", async () => {
  const url = await emptyDatabase();
  expect(await migrate(url)).toEqual({ applied: files });
  expect(await migrate(url)).toEqual({ applied: [] });
});

test("five processes that start at once on an empty database apply every file once between them", async () => {
  const url = await emptyDatabase();
  const results = await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
  expect(results.map((result) => result.applied.length).sort()).toEqual([0, 0, 0, 0, files.length]);
});

test("two installations on one server do not disturb each other", async () => {
  const urls = [await emptyDatabase(), await emptyDatabase()];
  expect(await Promise.all(urls.map(migrate))).toEqual([{ applied: files }, { applied: files }]);
});

async function onDatabase(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test("a function is made anew when its text is another one than was applied, and only then", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  await onDatabase(url, "drop function tenant_of_checkout; create function tenant_of_checkout() returns int language sql as 'select 1'");
  expect(await migrate(url)).toEqual({ applied: [] });
  await onDatabase(url, "update sql_function set sha256 = 'of an earlier text' where name = 'tenant_of_checkout.sql'");
  expect(await migrate(url)).toEqual({ applied: ["tenant_of_checkout.sql"] });
  const made = await onDatabase(
    url,
    "select pg_get_function_arguments(oid) as arguments from pg_proc where proname = 'tenant_of_checkout'",
  );
  expect(made).toEqual([{ arguments: "p_id uuid" }]);
});

test("every function keeps to indexes that was told so in its file, and none has settings of its own", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  const rows = await onDatabase(
    url,
    `select proname as name, proconfig as settings from pg_proc
     where pronamespace = 'public'::regnamespace and proname || '.sql' in (select name from sql_function)`,
  );
  const planned = ["enable_seqscan=off", "enable_hashjoin=off", "enable_mergejoin=off", "plan_cache_mode=force_generic_plan"];
  for (const { name, settings } of rows as { name: string; settings: string[] | null }[]) {
    const path = pathsIn("functions").find((found) => basename(found) === `${name}.sql`) ?? "";
    const text = readFileSync(join(import.meta.dirname, "../../db/functions", path), "utf8");
    const own = (settings ?? []).filter((setting) => !setting.startsWith("search_path="));
    expect(own, name).toEqual(text.includes(`call plan_by_index('${name}')`) ? planned : []);
    expect(text).not.toMatch(/\bset (enable_|plan_)/);
  }
  expect(rows.length).toBe(sqlIn("functions").length);
});

test("a database of an earlier, unreleased version is recognised before anything is changed", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  await onDatabase(url, "update migration set sha256 = null where name = '003_checkouts_and_capacity.sql'");
  await expect(migrate(url)).rejects.toThrow(OutdatedDatabase);
  await expect(migrate(url)).rejects.toThrow("earlier, unreleased version");
});
