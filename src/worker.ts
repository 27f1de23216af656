import { startWorker } from "./jobs/run-worker.ts";
import { closeDb } from "./platform/db.ts";
import { EnvProblem, env } from "./platform/env.ts";
import { logger } from "./platform/logger.ts";

/** The worker alone: any number of them may run on one database. */
async function main(): Promise<void> {
  env();
  const worker = await startWorker();
  logger().info("worker ready");
  const stop = async () => {
    await worker.stop();
    await closeDb();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
  process.once("disconnect", () => void stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvProblem ? error.message : error);
  process.exit(1);
});
