import pg from "pg";

/** A connection that does not work as its role must not be used. */
export class UnsafeConnection extends Error {
  override name = "UnsafeConnection";
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** The system's codes for a connection that failed or broke. Such an error may have no message. */
const brokenConnection = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** The messages of pg and its pool. */
const brokenClient =
  /Connection terminated|connection error and is not queryable|was closed and is not queryable|timeout exceeded when trying to connect|timeout expired|Query read timeout/;

/** Timeouts (55P03, 57014): https://www.postgresql.org/docs/18/errcodes-appendix.html */
const outOfTime = new Set(["55P03", "57014"]);
/** The server is read-only: it has become a standby, or never was the primary. */
const readOnly = "25006";

/** Returns true if the database is unreachable, stopping, read-only, unsafe or too busy. */
export function isDatabaseDown(error: unknown): boolean {
  return isConnectionSpent(error) || outOfTime.has(sqlState(error) ?? "") || error instanceof UnsafeConnection;
}

/** This connection will never work again, but another one may reach a server that serves. */
export function isConnectionSpent(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return state.startsWith("08") || state.startsWith("57P") || state === "53300" || state === readOnly;
  if (!(error instanceof Error)) return false;
  return ("code" in error && typeof error.code === "string" && brokenConnection.has(error.code)) || brokenClient.test(error.message);
}
