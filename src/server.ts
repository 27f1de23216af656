import { createHttpApp } from "#http/app.ts";
import { createWebServer } from "#http/listen.ts";
import { pageStatus, readableAddress } from "#http/page-status.ts";
import { inTurns } from "#http/turns.ts";
import { runDueJobs, startWorker } from "#jobs/run-worker.ts";
import { closeDb, refuseUnsafeConnections } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { failedStart } from "#platform/failed-start.ts";
import { logger } from "#platform/logger.ts";
import { closeRedis, openRedis } from "#platform/redis.ts";
import { startTracing, stopTracing } from "#platform/spans.ts";
import { checkAddresses } from "#providers/check-addresses.ts";

/** Running requests and jobs have this long to finish; whoever runs the process must wait a little longer (docs/operations.md). */
const stopMsMax = 25_000;

type Pages = { show: Parameters<typeof createWebServer>[0]["showPage"]; close(): Promise<void> };

/** The one process: Hono first, Next behind it, the worker inside. */
async function main(): Promise<void> {
  const { PORT, HOST, WORKER, PAGES } = env();
  checkAddresses();
  await startTracing();
  await refuseUnsafeConnections();
  await openRedis();
  const pages = PAGES === "on" ? await preparePages() : noPages;
  const web = createWebServer({ answer: createHttpApp({ runDueJobs }).fetch, showPage: pages.show });
  await new Promise<void>((resolve, reject) => {
    web.server.once("error", reject);
    web.server.listen(PORT, HOST, resolve);
  });
  const worker = WORKER === "on" ? await startWorker() : null;
  logger().info({ port: PORT, worker: WORKER, pages: PAGES }, "ready");

  let isStopping = false;
  const stop = async (why: string) => {
    if (isStopping) return;
    isStopping = true;
    logger().info({ why }, "stopping");
    setTimeout(() => process.exit(1), stopMsMax).unref();
    await Promise.all([web.stop(), worker?.stop()]);
    await pages.close();
    await stopTracing();
    await closeDb();
    closeRedis();
    logger().info("stopped");
    process.exit(0);
  };
  for (const why of ["SIGTERM", "SIGINT", "disconnect"]) process.on(why, () => void stop(why));
}

async function preparePages(): Promise<Pages> {
  const { PORT, HOST, NODE_ENV } = env();
  const { default: next } = await import("next");
  const pages = next({ dev: NODE_ENV === "development", hostname: HOST, port: PORT });
  await pages.prepare();
  const show = pages.getRequestHandler();
  const inTurn = inTurns();
  return {
    show: async (request, response) => {
      request.url = readableAddress(request.url ?? "/");
      const status = await pageStatus(request.url);
      if (status === 503) response.setHeader("retry-after", "5");
      // Next would write its own 200 over it.
      if (status) Object.defineProperty(response, "statusCode", { get: () => status, set: () => {} });
      // Files are only read.
      if (request.url.startsWith("/_next/")) return show(request, response);
      const turn = await inTurn(
        () => show(request, response),
        () => response.destroyed,
      );
      if (turn === "full") response.writeHead(503, { "retry-after": "5", "content-type": "text/plain" }).end("Too many pages at once.\n");
    },
    close: () => pages.close(),
  };
}

/** A process for the API and webhooks alone: a fraction of the memory, and nothing to build. */
const noPages: Pages = {
  show: (_request, response) => response.writeHead(404, { "content-type": "text/plain" }).end("This process has no pages (PAGES=off).\n"),
  close: async () => {},
};

main().catch((error: unknown) => {
  console.error(failedStart(error));
  process.exit(1);
});
