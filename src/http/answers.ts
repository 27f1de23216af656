import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { routePath } from "hono/route";
import type { z } from "zod";
import { type Problem, Refusal, type RefusalCode, refusals } from "#contracts/problem.ts";
import { isDatabaseDown } from "#platform/db-errors.ts";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";

/** A refusal is a problem, and a database that is down a 503. Anything else is a bug to log. */
export const answerError: ErrorHandler = (error, c) => {
  if (error instanceof Refusal) metrics().refusals.inc({ code: error.code });
  if (error instanceof Refusal) return problemAnswer(c, error.code, error.message, error);
  if (isDatabaseDown(error)) {
    logger().error({ error: error.message, route: routePath(c, -1) }, "the database does not answer");
    metrics().refusals.inc({ code: "database_unavailable" });
    c.header("retry-after", "5");
    return problemAnswer(c, "database_unavailable");
  }
  // Logs the route and not the path, which may hold a booking's token.
  logger().error({ error, route: routePath(c, -1) }, "unexpected error");
  metrics().refusals.inc({ code: "internal" });
  return problemAnswer(c, "internal");
};

/** Answers 405 with the allowed methods if the address takes any, else 404. */
export function answerNotFound(routes: readonly { path: string; method: string }[]): NotFoundHandler {
  const known = routes
    .filter(({ method }) => method !== "ALL")
    .map(({ path, method }) => ({ method, pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:[^/]+/g, "[^/]+")}$`) }));
  return (c) => {
    const taken = new Set(known.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method));
    if (taken.size === 0) return problemAnswer(c, "not_found");
    c.header("allow", [...taken].join(", "));
    return problemAnswer(c, "method_not_allowed");
  };
}

type More = Pick<Refusal, "errors" | "shown">;

function problemOf(code: RefusalCode, detail?: string, { errors, shown }: More = nothingMore): Problem {
  const { status, title } = refusals[code];
  return {
    type: `/api/docs#${code}`,
    title,
    status,
    code,
    detail: detail ?? title,
    ...(errors ? { errors } : {}),
    ...shown,
  };
}

const nothingMore: More = { errors: undefined, shown: {} };

export function problemText(code: RefusalCode): [status: number, body: string] {
  return [refusals[code].status, JSON.stringify(problemOf(code))];
}

export function problemAnswer(c: Context, code: RefusalCode, detail?: string, more?: More): Response {
  const problem = problemOf(code, detail, more);
  const { status } = problem;
  const headers = new Headers(c.res.headers);
  headers.set("content-type", "application/problem+json");
  if (status === 429 && !headers.has("retry-after")) headers.set("retry-after", "10");
  return new Response(JSON.stringify(problem), { status, headers });
}

/** Everything behind this may trust the shape. Refuses: invalid_request, naming each problem. */
export function parse<T>(shape: z.ZodType<T>, given: unknown): T {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(flattened).slice(0, 20);
  throw new Refusal("invalid_request", "Some fields are missing or wrong.", errors);
}

/** For a union, reports the branch with the fewest problems: the one that was meant. */
function flattened(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  if (issue.code === "invalid_union") {
    const [closest] = issue.errors.toSorted((a, b) => a.length - b.length);
    if (closest && closest.length > 0) return closest.flatMap((inner) => flattened({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  return [{ path: issue.path.map(String).join("."), message: issue.message }];
}
