import { EventEmitter } from "node:events";
import { Logger, run, runOnce, type TaskList, type WorkerEvents } from "graphile-worker";
import { z } from "zod";
import { runFollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { directDatabaseUrl, env } from "#platform/env.ts";
import { logger } from "#platform/logger.ts";
import { withRequestId } from "#platform/request-id.ts";
import { inSpan } from "#platform/spans.ts";
import { watchWorker } from "#platform/worker-liveness.ts";
import { createWorkerPool } from "#platform/worker-pool.ts";
import { followUpRegistry } from "./registry.ts";
import { crontab, timers } from "./timers.ts";

const followUpPayload = z.object({ tenantId: z.uuid(), followUpId: z.uuid() });

/** Every job by its name: timers, and follow-ups with their ledger around them. */
export function taskList(): TaskList {
  const list: TaskList = {};
  // A job that nobody asked for begins a chain of its own; a follow-up goes on under its event's id.
  for (const [job, work] of Object.entries(timers))
    list[job] = (payload: unknown) => withRequestId(null, () => inJobSpan(job, () => work(payload)));
  for (const [job, definition] of Object.entries(followUpRegistry)) {
    list[job] = (payload: unknown) => runFollowUp(followUpPayload.parse(payload), definition);
  }
  return list;
}

/** A trace of its own; the inbox's job goes on in the trace of the request that filled it, and says so itself. */
function inJobSpan(job: string, work: () => Promise<void>): Promise<void> {
  return job === "settle-inbox-event" ? work() : inSpan({ name: `job ${job}`, kind: "consumer", parent: null }, work);
}

/** graphile-worker speaks about each job; only what went wrong is worth a line. */
const quietLogger = new Logger(() => (level, message) => {
  if (level === "error") logger().error(message);
  else if (level === "warning") logger().warn(message);
});

/** The worker, until `stop`: running jobs finish, none is lost. Several may run on one database. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const pool = createWorkerPool();
  const events: WorkerEvents = new EventEmitter();
  let workerId = "";
  events.on("pool:create", ({ workerPool }) => {
    workerId = workerPool.id;
  });
  const runningJobs = new Set<string>();
  events.on("job:start", ({ job }) => runningJobs.add(job.id));
  events.on("job:complete", ({ job }) => runningJobs.delete(job.id));
  const runner = await run({
    pgPool: pool,
    taskList: taskList(),
    crontab,
    concurrency: env().WORKER_CONCURRENCY,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quietLogger,
    events,
  });
  const watch = await watchWorker(workerId, runningJobs);
  let isStopping = false;
  const ended = () => {
    if (isStopping) return;
    // A process that serves pages but does no follow-ups would look healthy: better that whoever watches it starts it again.
    logger().fatal("the worker ended by itself");
    process.kill(process.pid, "SIGTERM");
  };
  runner.promise.then(ended, ended);
  return {
    async stop() {
      isStopping = true;
      await runner.stop();
      await watch.stop();
      await pool.end();
    },
  };
}

/** For hosts without long-running processes: runs what is due now, then returns. */
export async function runDueJobs(): Promise<void> {
  await runOnce({
    connectionString: directDatabaseUrl(),
    taskList: taskList(),
    concurrency: 4,
    noHandleSignals: true,
    logger: quietLogger,
  });
}
