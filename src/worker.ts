import { startWorker } from "./jobs/run-worker.ts";
import { closeDb } from "./platform/db.ts";
import { EnvProblem, env } from "./platform/env.ts";
import { logger } from "./platform/logger.ts";

/** Running jobs have this long to finish; what does not is given back to the queue (platform/worker-liveness.ts). */
const stopMsMax = 25_000;

/** The worker alone: any number of them may run on one database. */
async function main(): Promise<void> {
  env();
  const worker = await startWorker();
  logger().info("worker ready");
  let isStopping = false;
  const stop = async (why: string) => {
    if (isStopping) return;
    isStopping = true;
    logger().info({ why }, "stopping");
    setTimeout(() => process.exit(1), stopMsMax).unref();
    await worker.stop();
    await closeDb();
    logger().info("stopped");
    process.exit(0);
  };
  for (const why of ["SIGTERM", "SIGINT", "disconnect"]) process.on(why, () => void stop(why));
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvProblem ? error.message : error);
  process.exit(1);
});
