import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import next from "next";
import { createHttpApp, isStableUrl } from "./http/app.ts";
import { runDueJobs, startWorker } from "./jobs/run-worker.ts";
import { stopListening } from "./platform/booking-changes.ts";
import { closeDb } from "./platform/db.ts";
import { EnvProblem, env } from "./platform/env.ts";
import { logger } from "./platform/logger.ts";

/** Longest a request may take to arrive and an idle connection may stay, in milliseconds: slow senders are let go. */
const requestMsMax = 30_000;
const headersMsMax = 10_000;
const stopMsMax = 20_000;

/** The one process: Hono first, Next behind it, the worker inside. */
async function main(): Promise<void> {
  const { PORT, HOST, NODE_ENV, WORKER } = env();
  const stable = getRequestListener(createHttpApp({ runDueJobs }).fetch, { overrideGlobalObjects: false });
  const pages = next({ dev: NODE_ENV === "development", hostname: HOST, port: PORT });
  await pages.prepare();
  const showPage = pages.getRequestHandler();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (isStableUrl(path)) void stable(request, response);
    else void showPage(request, response);
  });
  server.requestTimeout = requestMsMax;
  server.headersTimeout = headersMsMax;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, resolve);
  });
  const worker = WORKER === "on" ? await startWorker() : null;
  logger().info({ port: PORT, worker: WORKER }, "ready");

  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), stopMsMax).unref();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await worker?.stop();
    // Open event streams would hold the server for ever; browsers connect again by themselves.
    setTimeout(() => server.closeAllConnections(), 1000).unref();
    await closed;
    await pages.close();
    await stopListening();
    await closeDb();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  process.on("disconnect", () => void stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvProblem ? error.message : error);
  process.exit(1);
});
