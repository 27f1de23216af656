import pg from "pg";

/** A connection that does not work as its role. Nothing may be asked through it. */
export class UnsafeConnection extends Error {
  override name = "UnsafeConnection";
}

/** The five-character code of https://www.postgresql.org/docs/current/errcodes-appendix.html, if it is PostgreSQL's error. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** What the system says of a connection that cannot be made or has broken. Their message may be empty: a name with two addresses fails twice in one error. */
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
/** What pg and its pool say themselves. */
const brokenClient =
  /Connection terminated|connection error and is not queryable|was closed and is not queryable|timeout exceeded when trying to connect|timeout expired|Query read timeout/;

/** Waited too long for somebody's lock, or for anything: https://www.postgresql.org/docs/18/errcodes-appendix.html (55P03, 57014). */
const outOfTime = new Set(["55P03", "57014"]);
/** The server only reads: it has become a standby, or never was the primary. */
const readOnly = "25006";

/** No answer from the database: unreachable, starting, stopping, not the primary, too busy, not safe, or no free connection in time. */
export function isDatabaseDown(error: unknown): boolean {
  return isConnectionSpent(error) || outOfTime.has(sqlState(error) ?? "") || error instanceof UnsafeConnection;
}

/** Another connection may reach a server that serves; this one will not again. */
export function isConnectionSpent(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return state.startsWith("08") || state.startsWith("57P") || state === "53300" || state === readOnly;
  if (!(error instanceof Error)) return false;
  return ("code" in error && typeof error.code === "string" && brokenConnection.has(error.code)) || brokenClient.test(error.message);
}
