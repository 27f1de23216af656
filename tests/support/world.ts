import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import pg from "pg";
import { createHttpApp } from "#http/app.ts";
import { renderCheckoutMail } from "#jobs/render-checkout-mail.ts";
import { renderTestMail } from "#jobs/render-test-mail.ts";
import { runDueJobs, startWorker } from "#jobs/run-worker.ts";
import { closeDb } from "#platform/db.ts";
import { env, resetEnv } from "#platform/env.ts";
import { closeMail } from "#providers/mail/smtp.ts";
import { forgetCatalogs } from "#queries/catalog.ts";
import type { Throwaway } from "#scripts/postgres/throwaway.ts";
import { startSimulators } from "#simulators/main.ts";
import { testedProviders } from "./payers/tested-provider.ts";
import { createTestDatabase } from "./test-database.ts";

/**
 * Where a test finds the product, its database and the outside world, whichever process they run
 * in.
 */
export type Place = {
  appUrl: string;
  simulatorsUrl: string;
  databaseUrl: string;
  /** As the owner of everything: for looking at the end state, and for making time pass. */
  owner: pg.Pool;
};

export type World = Place & {
  /** Stops the worker, so that a test decides what runs when. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
};
export type OwnWorld = World & { stop(): Promise<void> };

/**
 * The whole product without its pages: a real database, real HTTP, the simulated outside world. One
 * per test file.
 */
export async function startWorld(
  options: { worker?: boolean; settings?: Record<string, string>; databaseServer?: Throwaway } = {},
): Promise<OwnWorld> {
  const database = await createTestDatabase(options.databaseServer);
  const simulators = await startSimulators({ port: 0, smtpPort: 0 });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A request that outlived the world before has opened its pool once more, to a database that is gone.
  await closeDb();
  setEnvironment({
    databaseUrl: database.url,
    appUrl,
    simulatorsUrl: simulators.url,
    smtpPort: simulators.smtpPort,
    settings: options.settings ?? {},
  });
  server.on(
    "request",
    getRequestListener(createHttpApp({ runDueJobs, renderTestMail, renderCheckoutMail }).fetch, {
      overrideGlobalObjects: false,
    }),
  );
  const owner = new pg.Pool({ connectionString: database.url, max: 6 });
  owner.on("error", () => {});
  let worker = options.worker === false ? null : await startWorker();
  return {
    appUrl,
    simulatorsUrl: simulators.url,
    databaseUrl: database.url,
    owner,
    async stopWorker() {
      await worker?.stop();
      worker = null;
    },
    async startWorker() {
      worker ??= await startWorker();
    },
    async stop() {
      await closeServer(server);
      await worker?.stop();
      closeMail();
      await closeDb();
      await owner.end();
      await simulators.stop();
      await database.drop();
    },
  };
}

type Places = { databaseUrl: string; appUrl: string; simulatorsUrl: string; smtpPort: number; settings: Record<string, string> };

function setEnvironment({ databaseUrl, appUrl, simulatorsUrl, smtpPort, settings }: Places): void {
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: "24",
    APP_URL: appUrl,
    ENCRYPTION_KEYS: `t1:${randomBytes(32).toString("hex")}`,
    APP_SECRET: randomBytes(32).toString("hex"),
    JWT_SECRET: randomBytes(32).toString("hex"),
    CRON_SECRET: "cron-secret-of-the-tests",
    ...Object.assign({}, ...Object.values(testedProviders).map((provider) => provider.environment(simulatorsUrl))),
    DAILY_API_URL: `${simulatorsUrl}/daily/v1`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    ALLOW_PRIVATE_CALLBACKS: new URL(simulatorsUrl).host,
    // Uploaded pictures: beside the other leftovers of tests, which git does not see.
    DATA_DIR: join(import.meta.dirname, "..", "..", ".test", "files"),
    RATE_LIMIT_CHANGES: "100000",
    HOLDS_PER_ADDRESS: "100000",
    TRUST_PROXY: "on",
    // Tests that make time pass decide themselves what is deleted.
    CLEANUP_UNPAID: "off",
    ...settings,
  });
  resetEnv();
  forgetCatalogs();
  env();
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
