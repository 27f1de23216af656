import type { Context } from "hono";
import type { z } from "zod";

export type Fields = Record<string, string>;

/** The posted fields are wrong. The answer is 422 with the reasons. */
export class BadFields extends Error {
  readonly problems: Record<string, string[]>;
  constructor(problems: Record<string, string[]>) {
    super(
      Object.entries(problems)
        .map(([field, why]) => `${field}: ${why.join(", ")}`)
        .join("; "),
    );
    this.problems = problems;
  }
}

/**
 * Reads a form or a JSON object as text. An empty field, as browsers send it, counts as not sent.
 */
export async function readFields(c: Context): Promise<Fields> {
  const isJson = c.req.header("content-type")?.includes("json") ?? false;
  const posted: unknown = isJson ? await c.req.json().catch(() => ({})) : await c.req.parseBody();
  const fields: Fields = {};
  if (typeof posted !== "object" || posted === null) return fields;
  for (const [name, value] of Object.entries(posted)) {
    const text = Array.isArray(value) ? value.join(",") : String(value ?? "");
    if (text !== "") fields[name] = text;
  }
  return fields;
}

export function parseFields<S extends z.ZodType>(schema: S, fields: unknown): z.output<S> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const problems: Record<string, string[]> = {};
  for (const issue of parsed.error.issues) {
    const name = issue.path.join(".") || "body";
    problems[name] = [...(problems[name] ?? []), issue.message];
  }
  throw new BadFields(problems);
}

export const wantsJson = (c: Context): boolean => c.req.header("accept")?.includes("application/json") ?? false;

/** Answers a program with JSON, and sends a browser back to its page. */
export function pressed(c: Context, result: object, page: string): Response {
  if (wantsJson(c)) return c.json(result);
  const referer = URL.parse(c.req.header("referer") ?? "");
  const isOurs = referer !== null && referer.host === c.req.header("host");
  return c.redirect(isOurs ? referer.pathname + referer.search : page, 303);
}
