import { Hono } from "hono";
import { healthOperations } from "#contracts/operations/health.ts";
import { metrics } from "#platform/metrics.ts";
import { countWaiting, isReady } from "#queries/readiness.ts";
import { timeNow } from "#queries/time-now.ts";
import type { HttpEnv } from "./requests.ts";
import { type HandlersOf, routes } from "./route.ts";

export const healthHandlers: HandlersOf<typeof healthOperations> = {
  async getHealth({ c }) {
    // Pages that slept set their countdown by it (ui/server-time.ts).
    c.header("x-server-time", String(timeNow()));
    return { ok: true };
  },

  getReadiness: async () => ({ ready: await isReady() }),

  async getMetrics({ c }) {
    await countWaiting();
    return c.body(await metrics().registry.metrics(), 200, { "content-type": metrics().registry.contentType });
  },
};

/** Everything that a worker's own port answers. */
export function createHealthApp(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  for (const { methods, path, answer } of routes(healthOperations, healthHandlers)) app.on(methods, path, answer);
  return app;
}
