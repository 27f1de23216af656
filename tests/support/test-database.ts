import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "../../db/migrate.ts";
import { ensureDatabase } from "../../scripts/postgres/cluster.ts";
import { startThrowaway } from "../../scripts/postgres/throwaway.ts";

export const templateName = "template_konfirmado";

export interface TestDatabase {
  /** As the owner of everything, like DATABASE_URL. */
  url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated, empty database. Drop it in `afterAll`; what is forgotten goes with the run's PostgreSQL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = await findAdminUrl();
  const name = `test_${randomBytes(8).toString("hex")}`;
  await runAsAdmin(adminUrl, `create database ${name} template ${templateName}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runAsAdmin(adminUrl, `drop database if exists ${name} with (force)`) };
}

let outsideVitest: Promise<string> | undefined;

/** Vitest's global setup provides one; a browser test has none, so its process starts its own, which ends with the process. */
async function findAdminUrl(): Promise<string> {
  if (process.env["VITEST"]) return (await import("vitest")).inject("databaseAdminUrl");
  outsideVitest ??= startOwn();
  return outsideVitest;
}

async function startOwn(): Promise<string> {
  const cluster = await startThrowaway();
  await ensureDatabase(cluster.url("postgres"), templateName);
  await migrate(cluster.url(templateName));
  return cluster.url("postgres");
}

async function runAsAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // One clone at a time: PostgreSQL refuses a second while the template is being copied.
    await client.query("select pg_advisory_lock(1)");
    await client.query(statement);
  } finally {
    await client.end();
  }
}
