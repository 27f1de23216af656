import type pg from "pg";
import { isConnectionSpent } from "./db-errors.ts";

/**
 * Closes a spent connection (platform/db-errors.ts) when it comes back. The pool does so only for
 * its own single statements, and would lend a connection to a former primary again and again.
 */
export function closeSpentConnections(pool: pg.Pool): void {
  const spent = new WeakSet<pg.PoolClient>();
  pool.on("connect", (client) => {
    onAnswer(client, "query", (answer) => {
      answer.catch((error: unknown) => {
        if (isConnectionSpent(error)) spent.add(client);
      });
      return answer;
    });
  });
  // The pool keeps no connection that is ending.
  pool.on("release", (_error, client) => {
    if (spent.has(client)) void client.end();
  });
}

/** Puts `heard` between a method's promise and its caller. Ignores calls with a callback. */
export function onAnswer<K extends string>(
  owner: Record<K, (...given: never[]) => unknown>,
  method: K,
  heard: (answer: Promise<unknown>) => Promise<unknown>,
): void {
  const run = owner[method].bind(owner) as (...given: unknown[]) => unknown;
  const value = (...given: unknown[]): unknown => {
    const answer = run(...given);
    return answer instanceof Promise ? heard(answer) : answer;
  };
  Object.defineProperty(owner, method, { value, configurable: true });
}
