import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "#db/migrate.ts";
import { ensureBuilt } from "#scripts/launch/build.ts";
import { freePort } from "#scripts/plain/ports.mjs";
import { type Cluster, ensureDatabase } from "#scripts/postgres/cluster.ts";
import { startThrowaway } from "#scripts/postgres/throwaway.ts";

const root = join(import.meta.dirname, "..");

export type Stage = { cluster: Cluster; databaseUrl: string; owner: pg.Pool; env: Record<string, string>; stop(): Promise<void> };

/** Starts a durable PostgreSQL (fsync on), migrated, with a production server's environment. */
export async function setStage(): Promise<Stage> {
  process.env["TEST_DATABASE_FSYNC"] = "on";
  if (!process.env["BENCH_AS_BUILT"]) await ensureBuilt();
  const cluster = await startThrowaway();
  await ensureDatabase(cluster.url("postgres"), "bench");
  const databaseUrl = cluster.url("bench");
  await migrate(databaseUrl);
  const owner = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const env = {
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: `b1:${randomBytes(32).toString("hex")}`,
    APP_SECRET: randomBytes(32).toString("hex"),
    JWT_SECRET: randomBytes(32).toString("hex"),
    CRON_SECRET: randomBytes(32).toString("hex"),
    SMTP_URL: "smtp://127.0.0.1:9",
    RATE_LIMIT_CHANGES: "100000000",
    TRUST_PROXY: "on",
    HOLDS_PER_ADDRESS: "20",
    LOG_LEVEL: "error",
    WORKER: "off",
    NEXT_TELEMETRY_DISABLED: "1",
    BENCH: "on",
  };
  return {
    cluster,
    databaseUrl,
    owner,
    env,
    async stop() {
      await owner.end();
      await cluster.stop();
    },
  };
}

export type BenchServer = { port: number; rssMiB(): Promise<number>; stop(): Promise<void> };

/** Starts the one web process, as `npm run serve` does. */
export async function startServer(stage: Stage, extra: Record<string, string> = {}): Promise<BenchServer> {
  const port = await freePort();
  const flags = ["--max-old-space-size=512", "--import", join(root, "scripts/jsx-hook.mjs")];
  const child = spawn(process.execPath, [...flags, join(root, "src/server.ts")], {
    cwd: root,
    env: { ...process.env, ...stage.env, PORT: String(port), APP_URL: `http://127.0.0.1:${port}`, ...extra },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await untilReady(port, child);
  return {
    port,
    rssMiB: async () => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0) / 1024 / 1024;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error("the server ended before it was ready");
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server was not ready after 30 seconds");
}
