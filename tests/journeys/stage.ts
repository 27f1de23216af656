import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import pg from "pg";
import { seedDemo } from "#db/seed.ts";
import { closeDb } from "#platform/db.ts";
import { resetEnv } from "#platform/env.ts";
import { ensureBuilt } from "#scripts/launch/build.ts";
import { freePort } from "#scripts/plain/ports.mjs";
import { demoAccounts, simulatedAddresses } from "#simulators/demo-world.ts";
import { type Simulators, startSimulators } from "#simulators/main.ts";
import { createTestDatabase } from "../support/test-database.ts";
import type { Place } from "../support/world.ts";

const root = join(import.meta.dirname, "..", "..");
const node = join(root, "node_modules", "node", "bin", "node");
const secondsToBeReady = 60;
const secondsToStop = 15;

export type Stage = Place & {
  /** What the server logged as an error: a bug, whatever the customer saw. */
  loggedErrors(): string[];
  stop(): Promise<void>;
};

/** The whole product as `npm run serve` runs it: the built pages, the API and the worker in one process, the demo seeded, the outside world simulated. */
export async function setStage(): Promise<Stage> {
  await ensureBuilt();
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = await createTestDatabase();
    undo.push(() => database.drop());
    const appUrl = `http://127.0.0.1:${await freePort()}`;
    const simulators = await startSimulators({ port: 0, ...demoAccounts(appUrl) });
    undo.push(() => simulators.stop());
    const settings = serverSettings({ appUrl, databaseUrl: database.url, simulators });
    // The seed and the tests' clinics are made in this process.
    Object.assign(process.env, settings);
    resetEnv();
    undo.push(closeDb);
    await seedDemo({ simulatorsUrl: simulators.url });
    const owner = new pg.Pool({ connectionString: database.url, max: 4 });
    owner.on("error", () => {}); // the database is dropped with its connections
    undo.push(() => owner.end());
    const server = startServer(settings);
    undo.push(() => server.stop());
    await untilReady(appUrl, server);
    return { appUrl, simulatorsUrl: simulators.url, databaseUrl: database.url, owner, loggedErrors: () => errorsIn(server.words()), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverSettings(places: { appUrl: string; databaseUrl: string; simulators: Simulators }): Record<string, string> {
  const { appUrl, databaseUrl, simulators } = places;
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: "8",
    HOST: "127.0.0.1",
    DATA_DIR: join(root, ".test", "files"),
    PORT: new URL(appUrl).port,
    APP_URL: appUrl,
    ENCRYPTION_KEYS: `j1:${randomBytes(32).toString("hex")}`,
    APP_SECRET: randomBytes(32).toString("hex"),
    JWT_SECRET: randomBytes(32).toString("hex"),
    CRON_SECRET: randomBytes(32).toString("hex"),
    SIMULATORS_URL: simulators.url,
    ...simulatedAddresses(simulators.url),
    SMTP_URL: `smtp://127.0.0.1:${simulators.smtpPort}`,
    ALLOW_PRIVATE_CALLBACKS: new URL(simulators.url).host,
    RATE_LIMIT_CHANGES: "2000",
    HOLDS_PER_ADDRESS: "1000",
    WORKER: "on",
    PAGES: "on",
    LOG_LEVEL: "warn",
    STRIPE_API_URL: simulators.url,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

type Server = { child: ChildProcess; words(): string; stop(): Promise<void> };

function startServer(settings: Record<string, string>): Server {
  const env = { ...process.env, ...settings, NODE_ENV: "production" } as NodeJS.ProcessEnv;
  // With a channel, so that it ends by itself should this process be killed.
  const preloads = ["--import", "./scripts/jsx-hook.mjs", "--import", "./scripts/stop-with-parent.mjs"];
  const child = spawn(node, [...preloads, "src/server.ts"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (words += chunk.toString()));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), secondsToStop * 1000);
    await ended;
    clearTimeout(timer);
  };
  return { child, words: () => words, stop };
}

async function untilReady(appUrl: string, { child, words }: Server): Promise<void> {
  for (const until = Date.now() + secondsToBeReady * 1000; Date.now() < until; ) {
    if (child.exitCode !== null) throw new Error(`the server ended before it was ready: ${words()}`);
    const answer = await fetch(`${appUrl}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await once(AbortSignal.timeout(100), "abort");
  }
  throw new Error(`the server was not ready after ${secondsToBeReady} seconds: ${words()}`);
}

const errorLevel = 50;

/** pino's lines of level error and worse, and everything that is not pino's. */
function errorsIn(words: string): string[] {
  return words.split("\n").filter((line) => {
    if (!line.startsWith("{")) return line.trim() !== "";
    const level = /"level":(\d+)/.exec(line)?.[1];
    return Number(level ?? errorLevel) >= errorLevel || /"level":"(error|fatal)"/.test(line);
  });
}
