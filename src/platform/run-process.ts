import { closeDb, refuseUnsafeConnections } from "./db.ts";
import { isDatabaseDown, UnsafeConnection } from "./db-errors.ts";
import { EnvProblem } from "./env.ts";
import { logger } from "./logger.ts";
import { closeRedis } from "./redis.ts";
import { startTracing, stopTracing } from "./tracing/spans.ts";

/** Requests and jobs have this long to finish. Who runs us waits longer (docs/operations.md). */
const stopMsMax = 25_000;

/**
 * Starts a process and stops it at a signal or when its parent is gone. `start` returns what ends
 * its work. Exits with 1 if the process cannot start, or does not stop in time.
 */
export async function runProcess(start: () => Promise<() => Promise<unknown>>): Promise<void> {
  try {
    await startTracing();
    await refuseUnsafeConnections();
    const end = await start();
    let isStopping = false;
    const stop = async (why: string) => {
      if (isStopping) return;
      isStopping = true;
      logger().info({ why }, "stopping");
      setTimeout(() => process.exit(1), stopMsMax).unref();
      await end();
      await stopTracing();
      await closeDb();
      closeRedis();
      logger().info("stopped");
      process.exit(0);
    };
    for (const why of ["SIGTERM", "SIGINT", "disconnect"]) process.on(why, () => void stop(why));
  } catch (error) {
    console.error(failedStart(error));
    process.exit(1);
  }
}

/** Returns what to print: a sentence if one suffices, else the error. */
export function failedStart(error: unknown): unknown {
  if (error instanceof EnvProblem || error instanceof UnsafeConnection) return error.message;
  if (!(error instanceof Error)) return error;
  // The queue's pool reports it under another code, with the reason inside (worker-pool.ts).
  const away = [error.cause, error].find(isDatabaseDown);
  if (!(away instanceof Error)) return error;
  return `The database does not answer (${"code" in away ? away.code : away.message}). Whoever watches this process starts it again.`;
}
