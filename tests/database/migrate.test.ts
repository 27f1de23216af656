import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterEach, expect, inject, test } from "vitest";
import { migrate } from "#db/migrate.ts";

const files = readdirSync(join(import.meta.dirname, "../../db/migrations"))
  .filter((name) => name.endsWith(".sql"))
  .sort();
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
