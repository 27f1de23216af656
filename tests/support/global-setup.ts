import type { TestProject } from "vitest/node";
import { migrate } from "../../db/migrate.ts";
import { ensureDatabase } from "../../scripts/postgres/cluster.ts";
import { startThrowaway } from "../../scripts/postgres/throwaway.ts";
import { templateName } from "./test-database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseAdminUrl: string;
  }
}

/** One PostgreSQL for the whole run, with a migrated template that each database test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startThrowaway();
  try {
    const adminUrl = cluster.url("postgres");
    await ensureDatabase(adminUrl, templateName);
    await migrate(cluster.url(templateName));
    project.provide("databaseAdminUrl", adminUrl);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return () => cluster.stop();
}
