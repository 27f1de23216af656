import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { readArguments } from "#scripts/plain/arguments.mjs";

const migrations = join(import.meta.dirname, "migrations");
const functions = join(import.meta.dirname, "functions");
/** Any number. Two processes that migrate at once wait for each other. */
const migrationLock = 715_020_261;

type Source = { name: string; text: string; sha256: string };

/** An applied file has another text now: this database belongs to an unreleased version. */
export class OutdatedDatabase extends Error {
  constructor(name: string) {
    super(`The database was made by an earlier, unreleased version of Konfirmado (${name} has changed since).`);
    this.name = "OutdatedDatabase";
  }
}

/**
 * Applies missing migrations by name, each in its own transaction, then every changed function.
 * Safe at every start, and by several processes at once.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "konfirmado-migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await runMigrations({ connectionString: databaseUrl });
    const applied = [...(await applyMigrations(client)), ...(await applyFunctions(client))];
    // Without payloads, for the doctor. A newer queue may have made the view anew.
    await client.query(`grant usage on schema graphile_worker to konfirmado_system;
      grant select on graphile_worker.jobs to konfirmado_system`);
    return { applied };
  } finally {
    await client.end();
  }
}

async function applyMigrations(client: pg.Client): Promise<string[]> {
  await client.query(`create table if not exists migration (
    name text primary key, sha256 text, applied_at timestamptz not null default now())`);
  await client.query("alter table migration add column if not exists sha256 text");
  const done = await appliedTexts(client, "migration");
  const applied: string[] = [];
  for (const source of await sourcesIn(migrations)) {
    const before = done.get(source.name);
    if (before !== undefined && before !== source.sha256) throw new OutdatedDatabase(source.name);
    if (before !== undefined) continue;
    await applyOne(client, source, `insert into migration (name, sha256) values ($1, $2)`);
    applied.push(source.name);
  }
  return applied;
}

async function applyFunctions(client: pg.Client): Promise<string[]> {
  await client.query("create table if not exists sql_function (name text primary key, sha256 text not null)");
  const done = await appliedTexts(client, "sql_function");
  const applied: string[] = [];
  for (const source of await sourcesIn(functions)) {
    if (done.get(source.name) === source.sha256) continue;
    const text = `${dropFunction(source.name)}\n${source.text}`;
    const record = `insert into sql_function (name, sha256) values ($1, $2)
      on conflict (name) do update set sha256 = excluded.sha256`;
    await applyOne(client, { ...source, text }, record);
    applied.push(source.name);
  }
  return applied;
}

/** Drops every overload: a changed argument list would make a second function beside the first. */
function dropFunction(file: string): string {
  const name = file.replace(/\.sql$/, "");
  return `do $drop$ declare old regprocedure; begin
    for old in select oid from pg_proc where proname = '${name}' and pronamespace = 'public'::regnamespace
    loop execute 'drop function ' || old; end loop; end $drop$;`;
}

async function appliedTexts(client: pg.Client, table: "migration" | "sql_function"): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sha256: string | null }>(`select name, sha256 from ${table}`);
  return new Map(rows.map((row) => [row.name, row.sha256 ?? ""]));
}

/** Also of its folders. The name alone is remembered, so that a file may move. */
async function sourcesIn(folder: string): Promise<Source[]> {
  const paths = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".sql"));
  return Promise.all(
    paths.toSorted(byName).map(async (path) => {
      const name = basename(path);
      const text = await readFile(join(folder, path), "utf8");
      return { name, text, sha256: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

const byName = (a: string, b: string): number => (basename(a) < basename(b) ? -1 : 1);

async function applyOne(client: pg.Client, source: Source, record: string): Promise<void> {
  await client.query("begin");
  try {
    await client.query(source.text);
    await client.query(record, [source.name, source.sha256]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`${source.name} cannot be applied`, { cause: error });
  }
}

if (import.meta.main) {
  readArguments();
  // Past a pooler, because the lock of migrations belongs to a session.
  const url = process.env["DATABASE_DIRECT_URL"] || process.env["DATABASE_URL"];
  if (!url) {
    console.error("DATABASE_URL is missing.");
    process.exit(1);
  }
  try {
    const { applied } = await migrate(url);
    console.log(applied.length ? `applied ${applied.join(", ")}` : "nothing to apply");
  } catch (error) {
    if (!(error instanceof OutdatedDatabase)) throw error;
    console.error(`${error.message} Make a new, empty database.`);
    process.exit(1);
  }
}
