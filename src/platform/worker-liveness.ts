import pg from "pg";
import { directDatabaseUrl } from "./env.ts";
import { logger } from "./logger.ts";

/** How often abandoned jobs are looked for. */
const lookEveryMs = 5000;
/** After this long, a job that was handed out has arrived or never will. */
const handedOutSeconds = 10;
const aliveName = "konfirmado-worker-alive";

/**
 * Holds a connection for as long as this worker lives. Any crash closes it, and the other workers
 * or the next start give its jobs back at once. graphile-worker alone would wait four hours.
 */
export async function watchWorker(workerId: string, runningJobs: ReadonlySet<string>): Promise<{ stop(): Promise<void> }> {
  let client = await announce(workerId);
  let isStopped = false;
  let isLooking = false;
  const look = async () => {
    try {
      await giveBackJobsOfDeadWorkers(client);
      await giveBackLostJobs(client, { workerId, runningJobs });
    } catch {
      await client.end().catch(() => {});
      if (isStopped) return;
      // The database has perhaps restarted: announces again, now or in the next round.
      client = await announce(workerId).catch(() => client);
    }
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  }, lookEveryMs);
  timer.unref();
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await client.query("delete from worker_process where worker_id = $1", [workerId]).catch(() => {});
      await client.end().catch(() => {});
    },
  };
}

async function announce(workerId: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: aliveName,
    connectionTimeoutMillis: 5000,
    query_timeout: 20_000,
    keepAlive: true,
  });
  client.on("error", (error) => logger().warn({ error: error.message }, "the worker's own connection was lost"));
  await client.connect();
  await client.query(
    `insert into worker_process (worker_id, backend_pid, started_at)
     values ($1, pg_backend_pid(), clock_timestamp())
     on conflict (worker_id) do update set
       backend_pid = excluded.backend_pid, started_at = excluded.started_at`,
    [workerId],
  );
  await giveBackJobsOfDeadWorkers(client);
  return client;
}

/** A worker without a living connection is dead; an unregistered one is, 30 s after its lock. */
async function giveBackJobsOfDeadWorkers(client: pg.Client): Promise<void> {
  await client.query(
    `with gone as (
       delete from worker_process w where not exists (
         select from pg_stat_activity a where a.pid = w.backend_pid and a.application_name = $1
           and a.backend_start <= w.started_at)
       returning worker_id
     ), dead as (
       select worker_id from gone
       union
       select j.locked_by from graphile_worker.jobs j
       where j.locked_at < now() - interval '30 seconds'
         and not exists (select from worker_process w where w.worker_id = j.locked_by)
     )
     select graphile_worker.force_unlock_workers(array_agg(worker_id)) from dead having count(*) > 0`,
    [aliveName],
  );
}

/**
 * If the connection breaks while a job is handed to this worker, nobody works on it, and the queue
 * would wait four hours. graphile-worker has no public way to unlock one job.
 */
export async function giveBackLostJobs(
  client: pg.ClientBase,
  worker: { workerId: string; runningJobs: ReadonlySet<string> },
): Promise<void> {
  await client.query(
    `update graphile_worker._private_jobs set locked_by = null, locked_at = null
     where locked_by = $1 and locked_at < now() - make_interval(secs => ${handedOutSeconds})
       and id <> all ($2::bigint[])`,
    [worker.workerId, [...worker.runningJobs]],
  );
}
