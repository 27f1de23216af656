import type { TestProject } from "vitest/node";
import { startTestServer } from "./test-database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseAdminUrl: string;
  }
}

/** Vitest loads this file once per project that names it, each time anew; the PostgreSQL is the same for all of them. */
const run = globalThis as typeof globalThis & { konfirmadoTestServer?: ReturnType<typeof startTestServer> | undefined };

/** One PostgreSQL for the whole run, with a migrated template that each database test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  run.konfirmadoTestServer ??= startTestServer();
  const server = await run.konfirmadoTestServer;
  project.provide("databaseAdminUrl", server.url("postgres"));
  return async () => {
    // The first project that ends is the end of all: Vitest ends them together, after the last test.
    if (!run.konfirmadoTestServer) return;
    run.konfirmadoTestServer = undefined;
    await server.stop();
  };
}
