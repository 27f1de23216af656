import { EventEmitter } from "node:events";
import { Logger, run, runOnce, type TaskList, type WorkerEvents } from "graphile-worker";
import { z } from "zod";
import { runFollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { directDatabaseUrl, env } from "#platform/env.ts";
import { logger } from "#platform/logger.ts";
import { withRequestId } from "#platform/request-id.ts";
import { inSpan } from "#platform/tracing/spans.ts";
import { watchWorker } from "#platform/worker-liveness.ts";
import { createWorkerPool } from "#platform/worker-pool.ts";
import { followUpRegistry } from "./registry.ts";
import { crontab, roundsAfterJobs, roundsBeforeJobs, timers } from "./timers.ts";

const followUpPayload = z.object({ tenantId: z.uuid(), followUpId: z.uuid() });

/** Every job by its name: timers, and follow-ups with their ledger. */
export function taskList(): TaskList {
  const list: TaskList = {};
  // A timer starts a request id of its own. A follow-up continues under its event's.
  for (const [job, work] of Object.entries(timers))
    list[job] = (payload: unknown) => withRequestId(null, () => inJobSpan(job, () => work(payload)));
  for (const [job, definition] of Object.entries(followUpRegistry)) {
    list[job] = (payload: unknown) => runFollowUp(followUpPayload.parse(payload), definition);
  }
  return list;
}

/** Starts a trace. The inbox's job continues the trace of its webhook instead, by itself. */
function inJobSpan(job: string, work: () => Promise<void>): Promise<void> {
  return job === "settle-inbox-event" ? work() : inSpan({ name: `job ${job}`, kind: "consumer", parent: null }, work);
}

/** graphile-worker logs every job. Only warnings and errors are kept. */
const quietLogger = new Logger(() => (level, message) => {
  if (level === "error") logger().error(message);
  else if (level === "warning") logger().warn(message);
});

/** Runs until `stop`, which lets running jobs finish. Several workers may run on one database. */
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
    // A process that serves pages but runs no jobs would look healthy: better a restart.
    logger().fatal("the worker ended without being stopped");
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

/** Does all that the worker does, once: for hosts without long-running processes. */
export async function runDueJobs(): Promise<void> {
  for (const { work } of Object.values(roundsBeforeJobs)) await work();
  await runOnce({
    connectionString: directDatabaseUrl(),
    taskList: taskList(),
    concurrency: 4,
    noHandleSignals: true,
    logger: quietLogger,
  });
  for (const { work } of Object.values(roundsAfterJobs)) await work();
}
