import type { z } from "zod";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { callService, type ServiceCall, type ServiceReply } from "#platform/outbound.ts";

/** A provider's JSON API that takes a bearer key. `headers` are sent beside it. */
export type JsonApi = { provider: string; apiUrl: string; key: string; timeoutMs?: number; headers?: Record<string, string> };

export function ask(api: JsonApi, method: ServiceCall["method"], path: string, body?: object): Promise<ServiceReply> {
  const { provider, apiUrl, key, timeoutMs } = api;
  const headers = { ...api.headers, authorization: `Bearer ${key}`, ...(body && { "content-type": "application/json" }) };
  const optional = { ...(body && { body: JSON.stringify(body) }), ...(timeoutMs && { timeoutMs }) };
  return callService({ provider, method, url: apiUrl + path, headers, ...optional });
}

/** Throws ProviderFailure with the names of the fields that are not as documented. */
export function read<S extends z.ZodType>(provider: string, shape: S, reply: ServiceReply): z.output<S> {
  const parsed = shape.safeParse(reply.json());
  if (parsed.success) return parsed.data;
  throw new ProviderFailure({ provider, kind: "unexpected_reply", message: `the reply is not as documented: ${placesOf(parsed.error)}` });
}

/** The names of the fields that are wrong, never their values. */
export const placesOf = ({ issues }: z.ZodError): string =>
  [...new Set(issues.map((issue) => issue.path.join(".")))].slice(0, 5).join(", ");
