import { createHealthApp } from "#http/health.ts";
import { createWebServer, type WebServer } from "#http/listen.ts";
import { startWorker } from "#jobs/run-worker.ts";
import { env } from "#platform/env.ts";
import { logger } from "#platform/logger.ts";
import { runProcess } from "#platform/run-process.ts";
import { checkAddresses } from "#providers/check-addresses.ts";

/**
 * The worker alone. Any number of them may run on one database. A job that does not finish in time
 * goes back to the queue (platform/worker-liveness.ts).
 */
async function start(): Promise<() => Promise<unknown>> {
  checkAddresses();
  const worker = await startWorker();
  const web = await answerForItself();
  logger().info("worker ready");
  return () => Promise.all([worker.stop(), web?.stop()]);
}

/** Serves its own health and metrics, which no other process counts. */
async function answerForItself(): Promise<WebServer | null> {
  const { WORKER_PORT, HOST } = env();
  if (WORKER_PORT === undefined) return null;
  const web = createWebServer({ answer: createHealthApp().fetch, showPage: (_request, response) => response.writeHead(404).end() });
  await web.listen(WORKER_PORT, HOST);
  return web;
}

await runProcess(start);
