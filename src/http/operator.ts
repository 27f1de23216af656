import { type Context, Hono } from "hono";
import { cleanupUnpaid } from "#commands/checkouts/cleanup-unpaid.ts";
import { relabelLapsedHolds, sweep } from "#commands/sweep.ts";
import { operatorOnly } from "./operator-access.ts";
import type { HttpEnv } from "./requests.ts";

/** For a cron outside: what the worker's own timers do as well. `runDueJobs` is for hosts without a worker. */
export function operator(parts: { runDueJobs: () => Promise<void> }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use("/cron/*", operatorOnly);
  app.on(["GET", "POST"], "/cron/cleanup-holds", async (c: Context) => c.json({ success: true, lapsedHolds: await relabelLapsedHolds() }));
  app.on(["GET", "POST"], "/cron/cleanup-unpaid", async (c: Context) => c.json({ success: true, ...(await cleanupUnpaid()) }));
  app.on(["GET", "POST"], "/cron/work", async (c: Context) => {
    // The sweeper is a timer of the worker, which such a host does not have.
    await sweep();
    await parts.runDueJobs();
    return c.json({ success: true });
  });
  return app;
}
