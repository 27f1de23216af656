import type { Context } from "hono";
import type { z } from "zod";
import type { CallerKind, Operation, Parameters } from "#contracts/operations/operation.ts";
import { Refusal } from "#contracts/problem.ts";
import { parse } from "./answers.ts";
import { type CallerOf, callerFrom, isOperator, operator } from "./callers.ts";
import { idempotencyKeyOf } from "./idempotency.ts";
import { limits } from "./limits.ts";
import { merchantCaller, personCaller } from "./merchant-callers.ts";
import { type HttpEnv, readJson, requireSameSite } from "./requests.ts";

/** A handler gets the caller and the parsed input, as the operation describes it. */
export type Asked<O extends Operation> = {
  caller: CallerOf[O["callers"][number]];
  input: {
    params: O extends { params: { shape: infer Shape extends z.ZodType } } ? z.output<Shape> : undefined;
    query: O extends { query: { shape: infer Shape extends z.ZodType } } ? z.output<Shape> : undefined;
    body: O extends { body: infer Shape extends z.ZodType } ? z.output<Shape> : undefined;
  };
  /** The `Idempotency-Key`. Is null without one, or if the operation takes none. */
  key: O extends { takesKey: string } ? string | null : null;
  c: Context<HttpEnv>;
};

/** A handler returns JSON of its shape, an address for 303, nothing for 204, or a Response. */
export type Answered<O extends Operation> = O["answer"] extends { shape: infer Shape extends z.ZodType }
  ? z.output<Shape>
  : O["answer"] extends { contentType: string }
    ? Response
    : O["answer"]["status"] extends 303
      ? string
      : undefined;

/** One handler for each operation of a list, neither fewer nor more. */
export type HandlersOf<List extends readonly Operation[]> = {
  [O in List[number] as O["id"]]: (asked: Asked<O>) => Promise<Answered<O>>;
};

export type Route = { methods: string[]; path: string; answer: (c: Context<HttpEnv>) => Promise<Response> };

/** The only way from an operation to a route. The overload checks each handler's type. */
export function routes<const List extends readonly Operation[]>(operations: List, handlers: HandlersOf<List>): Route[];
export function routes(operations: readonly Operation[], handlers: Readonly<Record<string, AnyHandler>>): Route[] {
  return operations.map((operation) => {
    const handler = handlers[operation.id];
    if (!handler) throw new Error(`${operation.id} has no handler`);
    return {
      methods: operation.methods.map((method) => method.toUpperCase()),
      path: operation.path.replaceAll(/\{(\w+)\}/g, ":$1"),
      answer: answering(operation, handler),
    };
  });
}

type AnyAsked = Omit<Asked<Operation>, "input" | "key"> & { input: Record<"params" | "query" | "body", unknown>; key: string | null };
type AnyHandler = (asked: AnyAsked) => Promise<unknown>;

/** One function and no chain of middleware, because every hold and every webhook passes here. */
function answering(operation: Operation, handler: AnyHandler): Route["answer"] {
  const { params, query, body, bodyBytesMax, takesKey } = operation;
  const limit = limits[operation.limit];
  return async (c) => {
    // The cheapest refusals come first.
    if (limit) await limit(c);
    if (operation.isSameSite) requireSameSite(c);
    const caller = await callerOf(c, operation);
    if (operation.isPrivate) c.header("cache-control", "no-store");
    const input = {
      body: body && parse(body, await readJson(c, bodyBytesMax)),
      params: params && parametersFrom(params, c.req.param()),
      query: query && queryFrom(query, c.req.query()),
    };
    const isAlone = takesKey === "maybe_alone" && caller?.kind === "customer" && caller.session === null;
    const key = takesKey ? idempotencyKeyOf(c, { isAlone }) : null;
    return responseOf(c, operation, await handler({ caller, input, key, c }));
  };
}

async function callerOf(c: Context<HttpEnv>, { callers, permission }: Operation): Promise<CallerOf[CallerKind]> {
  if (permission && callers.includes("operator") && isOperator(c)) return operator;
  if (permission) return merchantCaller(c, callers, permission);
  return callers.includes("person") ? personCaller(c) : callerFrom(c, callers);
}

/** PostgreSQL knows no text with a NUL. Of an id, whoever looks for it says that it is unknown. */
function queryFrom(query: Parameters, given: Record<string, string>): unknown {
  if (Object.values(given).some((text) => text.includes("\0"))) throw new Refusal(query.refusedAs);
  return parametersFrom(query, given);
}

function parametersFrom({ shape, refusedAs }: Parameters, given: Record<string, string>): unknown {
  if (refusedAs === "invalid_request") return parse(shape, given);
  const parsed = shape.safeParse(given);
  if (!parsed.success) throw new Refusal(refusedAs);
  return parsed.data;
}

function responseOf(c: Context<HttpEnv>, { id, answer }: Operation, given: unknown): Response {
  if (given === undefined) return c.body(null, 204);
  if (typeof given === "string") return c.redirect(given, 303);
  if (given instanceof Response) return given;
  if (!("shape" in answer) || typeof given !== "object" || given === null) throw new Error(`${id} gave no answer`);
  const { unless, status } = answer;
  return c.json(given, unless && Reflect.get(given, unless.field) !== true ? unless.status : status);
}
