import pg from "pg";

/** The five-character code of https://www.postgresql.org/docs/current/errcodes-appendix.html, if it is PostgreSQL's error. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** No answer from the database: unreachable, starting, stopping, or no free connection in time. */
export function isDatabaseDown(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return state.startsWith("08") || state.startsWith("57P") || state === "53300";
  return (
    error instanceof Error &&
    /ECONNREFUSED|ECONNRESET|Connection terminated|timeout exceeded when trying to connect|timeout expired/.test(error.message)
  );
}
