import pg from "pg";
import { isDatabaseDown } from "./db-errors.ts";
import { directDatabaseUrl, env } from "./env.ts";
import { closeSpentConnections, onAnswer } from "./spent-connections.ts";

/** The only code of a down database that graphile-worker retries (RETRYABLE_ERROR_CODES). */
const notNow = "57P03";

/**
 * The queue's own connections. graphile-worker does not await marking a job as done, so a database
 * that goes down then would end the process by an unhandled rejection. Translates such errors into
 * the code that it retries: marking a job twice is harmless.
 */
export function createWorkerPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: directDatabaseUrl(),
    max: env().WORKER_CONCURRENCY + 2,
    application_name: "konfirmado-worker",
  });
  pool.on("error", () => {}); // an idle connection that dies is replaced; the next job tells
  closeSpentConnections(pool);
  pool.on("connect", (client) => {
    client.on("error", () => {});
    onAnswer(client, "query", sayNotNowInstead);
  });
  onAnswer(pool, "connect", sayNotNowInstead);
  return pool;
}

const sayNotNowInstead = (answer: Promise<unknown>): Promise<unknown> => answer.catch(sayNotNow);

function sayNotNow(error: unknown): never {
  if (error instanceof Error && isDatabaseDown(error)) throw Object.assign(new Error(error.message, { cause: error }), { code: notNow });
  throw error;
}
