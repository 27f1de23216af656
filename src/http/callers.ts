import type { Context } from "hono";
import type { ApiKeyCaller, Caller, Customer, MemberCaller, PersonCaller } from "#contracts/caller.ts";
import type { CallerKind } from "#contracts/operations/operation.ts";
import { Refusal } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { isSameText } from "#platform/ids.ts";
import { addressOf, type HttpEnv, isFromOutside, sessionOf } from "./requests.ts";

type Operator = Extract<Caller, { kind: "operator" }>;
/** The caller behind each word of the contract. Nothing is known about `anyone`. */
export type CallerOf = {
  anyone: null;
  customer: Customer;
  provider: Extract<Caller, { kind: "provider" }>;
  operator: Operator;
  neighbour: Operator;
  person: PersonCaller;
  member: MemberCaller;
  api_key: ApiKeyCaller;
};

export const operator: Operator = { kind: "operator" };

/** Each returns undefined if the request does not prove it. */
const proofs: { [Kind in Exclude<CallerKind, "member" | "api_key" | "person">]: (c: Context<HttpEnv>) => CallerOf[Kind] | undefined } = {
  anyone: () => null,
  customer: (c) => ({ kind: "customer", ...sessionOf(c), address: addressOf(c) }),
  // The command verifies the signature.
  provider: (c) => ({ kind: "provider", provider: c.req.param("provider") ?? "" }),
  operator: (c) => (isOperator(c) ? operator : undefined),
  // Metrics are not for outsiders.
  neighbour: (c) => (isFromOutside(c) ? undefined : operator),
};

/** Returns the first caller that the request proves. Refuses: unauthorized. */
export function callerFrom(c: Context<HttpEnv>, allowed: readonly CallerKind[]): CallerOf[CallerKind] {
  for (const kind of allowed) {
    // Those take a look at the database: merchant-callers.ts.
    if (kind === "member" || kind === "api_key" || kind === "person") continue;
    const caller = proofs[kind](c);
    if (caller !== undefined) return caller;
  }
  throw new Refusal("unauthorized");
}

/** Returns true for CRON_SECRET as the bearer token. */
export function isOperator(c: Context): boolean {
  const given = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  return isSameText(given, env().CRON_SECRET);
}
