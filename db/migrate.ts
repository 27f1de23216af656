import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";

const folder = join(import.meta.dirname, "migrations");
/** Any number: two processes that migrate at once wait for each other. */
const migrationLock = 715_020_261;

/** Applies what is missing, each file in its own transaction, in the order of names. Safe to run at every start, and by several processes at once. */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "konfirmado-migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await runMigrations({ connectionString: databaseUrl });
    await client.query("create table if not exists migration (name text primary key, applied_at timestamptz not null default now())");
    const done = new Set((await client.query<{ name: string }>("select name from migration")).rows.map((row) => row.name));
    const applied: string[] = [];
    for (const name of (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort()) {
      if (done.has(name)) continue;
      await applyOne(client, name);
      applied.push(name);
    }
    return { applied };
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, name: string): Promise<void> {
  await client.query("begin");
  try {
    await client.query(await readFile(join(folder, name), "utf8"));
    await client.query("insert into migration (name) values ($1)", [name]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`migration ${name} failed`, { cause: error });
  }
}

if (import.meta.main) {
  const url = process.env["DATABASE_URL"];
  if (!url) {
    console.error("DATABASE_URL is missing.");
    process.exit(1);
  }
  const { applied } = await migrate(url);
  console.log(applied.length ? `applied ${applied.join(", ")}` : "nothing to apply");
}
