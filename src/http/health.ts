import { Hono } from "hono";
import { metrics } from "#platform/metrics.ts";
import { countWaiting, isReady } from "#queries/readiness.ts";
import { operatorOnlyFromOutside } from "./operator-access.ts";
import type { HttpEnv } from "./requests.ts";

/** `/healthz`: the process answers. `/readyz`: it can do its work: the database is there and migrated. `/metrics`: Prometheus. */
export const health = new Hono<HttpEnv>();

health.get("/healthz", (c) => c.json({ ok: true }));
health.get("/readyz", async (c) => {
  const ready = await isReady();
  return c.json({ ready }, ready ? 200 : 503);
});

/** Counts are nobody's business outside: through the proxy they need CRON_SECRET as a bearer. */
health.get("/metrics", operatorOnlyFromOutside, async (c) => {
  await countWaiting();
  return c.body(await metrics().registry.metrics(), 200, { "content-type": metrics().registry.contentType });
});
