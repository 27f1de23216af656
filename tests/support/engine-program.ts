// What engine-process.ts starts, bundled: server and worker, and an ear for `crashAt`. It does not outlive the test.
import { once } from "node:events";
import { createServer } from "node:http";
import { flushCompileCache } from "node:module";
import { getRequestListener } from "@hono/node-server";
import { createHttpApp } from "#http/app.ts";
import { runDueJobs, startWorker } from "#jobs/run-worker.ts";
import { failedStart } from "#platform/run-process.ts";

export type Said = { go: true } | { crashAt: string };

/** By then the first process has done most things once: what the compiler made of them is kept for all that follow. */
const warmAfterMs = 3000;

process.on("disconnect", () => process.exit(0));
const { promise: told, resolve: go } = Promise.withResolvers<void>();
process.on("message", (said: Said) => {
  if ("go" in said) go();
  else process.env["CRASH_AT"] = said.crashAt;
});
await told;
setTimeout(flushCompileCache, warmAfterMs).unref();
try {
  const server = createServer(getRequestListener(createHttpApp({ runDueJobs }).fetch, { overrideGlobalObjects: false }));
  server.listen(Number(process.env["PORT"]), "127.0.0.1");
  await once(server, "listening");
  await startWorker();
  process.send?.("ready");
} catch (error) {
  // As src/server.ts does.
  console.error(failedStart(error));
  process.exit(1);
}
