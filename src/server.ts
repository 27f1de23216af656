import { writeLinkOpens } from "#commands/links/count-opens.ts";
import { writeVisits } from "#commands/visits/count-visit.ts";
import { createHttpApp } from "#http/app.ts";
import { createWebServer } from "#http/listen.ts";
import { pageStatus, readableAddress } from "#http/page-status.ts";
import { inTurns } from "#http/turns.ts";
import { renderCheckoutMail } from "#jobs/render-checkout-mail.ts";
import { renderTestMail } from "#jobs/render-test-mail.ts";
import { runDueJobs, startWorker } from "#jobs/run-worker.ts";
import { env } from "#platform/env.ts";
import { logger } from "#platform/logger.ts";
import { openRedis } from "#platform/redis.ts";
import { runProcess } from "#platform/run-process.ts";
import { checkAddresses } from "#providers/check-addresses.ts";

type Pages = { show: Parameters<typeof createWebServer>[0]["showPage"]; close(): Promise<void> };

/** The one process: Hono first, Next behind it, the worker inside. */
async function start(): Promise<() => Promise<void>> {
  const { PORT, HOST, WORKER, PAGES } = env();
  checkAddresses();
  await openRedis();
  const pages = PAGES === "on" ? await preparePages() : noPages;
  const web = createWebServer({ answer: createHttpApp({ runDueJobs, renderTestMail, renderCheckoutMail }).fetch, showPage: pages.show });
  await web.listen(PORT, HOST);
  const worker = WORKER === "on" ? await startWorker() : null;
  logger().info({ port: PORT, worker: WORKER, pages: PAGES }, "ready");
  return async () => {
    await Promise.all([web.stop(), worker?.stop()]);
    await pages.close();
    await Promise.all([writeLinkOpens(), writeVisits()]);
  };
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
      const status = await pageStatus(request.url, request.headers.host);
      if (status === 503) response.setHeader("retry-after", "5");
      // Next would overwrite it with 200.
      if (status) Object.defineProperty(response, "statusCode", { get: () => status, set: () => {} });
      // Static files take no turn.
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

/** Serves only the API and webhooks: a fraction of the memory, and nothing to build. */
const noPages: Pages = {
  show: (_request, response) => response.writeHead(404, { "content-type": "text/plain" }).end("This process has no pages (PAGES=off).\n"),
  close: async () => {},
};

await runProcess(start);
