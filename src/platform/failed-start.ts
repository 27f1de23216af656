import { isDatabaseDown, UnsafeConnection } from "./db-errors.ts";
import { EnvProblem } from "./env.ts";

/** What a person reads when a process could not start: one sentence where it is enough, else the whole error. */
export function failedStart(error: unknown): unknown {
  if (error instanceof EnvProblem || error instanceof UnsafeConnection) return error.message;
  if (!(error instanceof Error)) return error;
  // The queue's pool has its own word for it, and the reason inside (worker-pool.ts).
  const away = [error.cause, error].find(isDatabaseDown);
  if (!(away instanceof Error)) return error;
  return `The database does not answer (${"code" in away ? away.code : away.message}). Whoever watches this process starts it again.`;
}
