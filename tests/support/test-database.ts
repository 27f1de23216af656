import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "#db/migrate.ts";
import { ensureDatabase } from "#scripts/postgres/cluster.ts";
import { startThrowaway, type Throwaway } from "#scripts/postgres/throwaway.ts";

const templateName = "template_konfirmado";

export interface TestDatabase {
  /** As the owner of everything, like DATABASE_URL. */
  url: string;
  drop(): Promise<void>;
}

/** A PostgreSQL with a migrated template that `createTestDatabase` clones. */
export async function startTestServer(options: { outlivesItself?: boolean } = {}): Promise<Throwaway> {
  const server = await startThrowaway({ ...options, isInMemory: true });
  try {
    await ensureDatabase(server.url("postgres"), templateName);
    await migrate(server.url(templateName));
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A fresh, migrated, empty database, on the run's PostgreSQL if no other is named. Drop it in `afterAll`; what is forgotten goes with its PostgreSQL. */
export async function createTestDatabase(server?: Throwaway): Promise<TestDatabase> {
  const adminUrl = server?.url("postgres") ?? (await findAdminUrl());
  const name = `test_${randomBytes(8).toString("hex")}`;
  // Copied as files: half the work of writing each page to the log as well.
  await runAsAdmin(adminUrl, `create database ${name} template ${templateName} strategy file_copy`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runAsAdmin(adminUrl, `drop database if exists ${name} with (force)`) };
}

let outsideVitest: Promise<string> | undefined;

/** Vitest's global setup provides one; a browser test has none, so its process starts its own, which ends with the process. */
async function findAdminUrl(): Promise<string> {
  if (process.env["VITEST"]) return (await import("vitest")).inject("databaseAdminUrl");
  outsideVitest ??= startTestServer().then((server) => server.url("postgres"));
  return outsideVitest;
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
