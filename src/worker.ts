import { createHealthApp } from "#http/health.ts";
import { createWebServer, type WebServer } from "#http/listen.ts";
import { startWorker } from "#jobs/run-worker.ts";
import { closeDb, refuseUnsafeConnections } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { failedStart } from "#platform/failed-start.ts";
import { logger } from "#platform/logger.ts";
import { startTracing, stopTracing } from "#platform/spans.ts";
import { checkAddresses } from "#providers/check-addresses.ts";

/** Running jobs have this long to finish; what does not is given back to the queue (platform/worker-liveness.ts). */
const stopMsMax = 25_000;

/** The worker alone: any number of them may run on one database. */
async function main(): Promise<void> {
  env();
  checkAddresses();
  await startTracing();
  await refuseUnsafeConnections();
  const worker = await startWorker();
  const web = await answerForItself();
  logger().info("worker ready");
  let isStopping = false;
  const stop = async (why: string) => {
    if (isStopping) return;
    isStopping = true;
    logger().info({ why }, "stopping");
    setTimeout(() => process.exit(1), stopMsMax).unref();
    await Promise.all([worker.stop(), web?.stop()]);
    await stopTracing();
    await closeDb();
    logger().info("stopped");
    process.exit(0);
  };
  for (const why of ["SIGTERM", "SIGINT", "disconnect"]) process.on(why, () => void stop(why));
}

/** Its own health and counts: what it does is counted in no other process. */
async function answerForItself(): Promise<WebServer | null> {
  const { WORKER_PORT, HOST } = env();
  if (WORKER_PORT === undefined) return null;
  const web = createWebServer({ answer: createHealthApp().fetch, showPage: (_request, response) => response.writeHead(404).end() });
  await new Promise<void>((resolve, reject) => {
    web.server.once("error", reject);
    web.server.listen(WORKER_PORT, HOST, resolve);
  });
  return web;
}

main().catch((error: unknown) => {
  console.error(failedStart(error));
  process.exit(1);
});
