import type { Context } from "hono";
import type { z } from "zod";

export type Fields = Record<string, string>;

/** What a button or a program posted was not understood: answered with 422 and the reasons. */
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

/** The posted fields of a form or a JSON object, all as text. An empty field counts as not sent, as browsers send every input. */
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

/** The answer to a pressed button: JSON for a program, a redirect back to the page it stood on for a browser. */
export function pressed(c: Context, result: object, page: string): Response {
  if (wantsJson(c)) return c.json(result);
  const referer = URL.parse(c.req.header("referer") ?? "");
  const isOurs = referer !== null && referer.host === c.req.header("host");
  return c.redirect(isOurs ? referer.pathname + referer.search : page, 303);
}
