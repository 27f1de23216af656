import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import type { z } from "zod";
import { type Problem, Refusal, type RefusalCode, refusals } from "../contracts/problem.ts";
import { isDatabaseDown } from "../platform/db-errors.ts";
import { logger } from "../platform/logger.ts";
import { metrics } from "../platform/metrics.ts";

/** Refusals become problems; a database that is down is a 503; everything else is a bug: logged loudly, told briefly. */
export const answerError: ErrorHandler = (error, c) => {
  if (error instanceof Refusal) metrics().refusals.inc({ code: error.code });
  if (error instanceof Refusal) return problemAnswer(c, error.code, error.message, error.errors);
  if (isDatabaseDown(error)) {
    logger().error({ error: error.message, path: c.req.path }, "the database does not answer");
    c.header("retry-after", "5");
    return problemAnswer(c, "database_unavailable");
  }
  logger().error(
    { error: error.message, stack: error.stack, path: c.req.path, requestId: c.res.headers.get("x-request-id") },
    "unexpected error",
  );
  return problemAnswer(c, "internal");
};

export const answerNotFound: NotFoundHandler = (c) => problemAnswer(c, "not_found");

export function problemAnswer(c: Context, code: RefusalCode, detail?: string, errors?: Problem["errors"]): Response {
  const { status, title } = refusals[code];
  const problem: Problem = { type: `/api/docs#${code}`, title, status, code, detail: detail ?? title, ...(errors ? { errors } : {}) };
  const headers = new Headers(c.res.headers);
  headers.set("content-type", "application/problem+json");
  if (status === 429 && !headers.has("retry-after")) headers.set("retry-after", "10");
  return new Response(JSON.stringify(problem), { status, headers });
}

/** Parses at the edge: everything behind this may trust the shape. Refuses: invalid_request, with the path of each problem. */
export function parse<T>(shape: z.ZodType<T>, given: unknown): T {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(flattened).slice(0, 20);
  throw new Refusal("invalid_request", "Some fields are missing or wrong.", errors);
}

/** Of a union, the branch that was meant: the one with the fewest complaints. */
function flattened(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  if (issue.code === "invalid_union") {
    const [closest] = issue.errors.toSorted((a, b) => a.length - b.length);
    if (closest && closest.length > 0) return closest.flatMap((inner) => flattened({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  return [{ path: issue.path.map(String).join("."), message: issue.message }];
}
