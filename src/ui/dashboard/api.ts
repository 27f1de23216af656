import type { Hono } from "hono";
import { type ClientResponse, hc } from "hono/client";
import type { BlankEnv } from "hono/types";
import type { ApiSchema } from "#contracts/operations/api-schema.ts";
import { ApiProblem, problemOf } from "../api.ts";

const timeoutMs = 20_000;

/** The dashboard's only way to the API: the operations that a merchant's own program calls too. */
export const api = hc<Hono<BlankEnv, ApiSchema>>("/", {
  headers: (): Record<string, string> => ({ accept: "application/json", ...tenantHeader() }),
  fetch: (input: RequestInfo | URL, init?: RequestInit) =>
    fetch(input, { ...init, cache: "no-store", signal: AbortSignal.timeout(timeoutMs) }),
}).api;

/** The merchant of this page, so that a tab of one never changes another. */
export function tenantHeader(): Record<string, string> {
  const tenant = document.querySelector<HTMLElement>("[data-tenant]")?.dataset["tenant"];
  return tenant ? { "x-tenant": tenant } : {};
}

type Good<R> =
  R extends ClientResponse<infer Body, infer Status, string>
    ? Status extends 200 | 201 | 202
      ? Body
      : Status extends 204
        ? null
        : never
    : never;

/** What the server answers. Throws ApiProblem for a refusal, `unreachable` without an answer. */
export async function answerOf<R extends ClientResponse<unknown, number, string>>(asked: Promise<R>): Promise<Good<R>> {
  const response = await asked.catch(() => {
    throw new ApiProblem("unreachable");
  });
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw problemOf(body);
  return body as Good<R>;
}
