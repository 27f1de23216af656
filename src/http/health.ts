import { Hono } from "hono";
import { isReady } from "../queries/readiness.ts";
import type { HttpEnv } from "./requests.ts";

/** `/healthz`: the process answers. `/readyz`: it can do its work: the database is there and migrated. */
export const health = new Hono<HttpEnv>();

health.get("/healthz", (c) => c.json({ ok: true }));
health.get("/readyz", async (c) => {
  const ready = await isReady();
  return c.json({ ready }, ready ? 200 : 503);
});
