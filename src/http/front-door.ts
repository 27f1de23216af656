import type { IncomingMessage } from "node:http";
import type { RefusalCode } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";

export type FrontDoor = { refused: RefusalCode } | { redirectTo: string } | null;
type Asked = Pick<IncomingMessage, "method" | "url" | "headers">;

/** What pages take: Next's own actions are POSTs. What the API takes besides: PUT, PATCH, DELETE. */
const pageMethods = new Set(["GET", "HEAD", "POST", "OPTIONS"]);
const apiMethods = new Set([...pageMethods, "PUT", "PATCH", "DELETE"]);

/** Addresses that two readers may understand differently: `//`, `/../`, encoded slashes, backslashes and NULs. Browsers and providers send none. */
const ambiguousPath = /\/\/|\\|%2f|%5c|%00|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** Asked by neighbours (the balancer, Prometheus) that speak plain http, or by providers that would not follow a redirect. */
const plainHttpPaths = /^\/(healthz|readyz|metrics)$|^\/api\/webhooks\/|^\/api\/payments\/[^/]+\/webhook$|^\/store\/webhook\//;

/** Pages belong to Next; everything else goes straight to Hono. */
export function isStableUrl(path: string): boolean {
  return /^\/(api|store|pay)(\/|$)|^\/(healthz|readyz|metrics)$/.test(path);
}

export const pathOf = (url: string | undefined): string => (url ?? "/").split("?", 1)[0] ?? "/";

/**
 * Before anything else looks at a request, page or API. Null: let it in. A webhook over plain http is taken: its signature proves it, its
 * answer holds nothing, and money must not be lost over a merchant's typing error. Everything else over http is sent to APP_URL, never
 * to the Host header; a change is refused instead, because its content has already travelled in the clear.
 */
export function atFrontDoor({ method = "", url = "", headers }: Asked): FrontDoor {
  const path = pathOf(url);
  if (!path.startsWith("/") || ambiguousPath.test(path)) return { refused: "not_found" };
  if (!(isStableUrl(path) ? apiMethods : pageMethods).has(method)) return { refused: "method_not_allowed" };
  if (!isPlainHttp(headers) || plainHttpPaths.test(path)) return null;
  if (method !== "GET" && method !== "HEAD") return { refused: "https_required" };
  return { redirectTo: new URL(env().APP_URL).origin + url };
}

/** The proxy says how the customer came; without a proxy, or without https of ours, there is nothing to redirect to. */
function isPlainHttp(headers: IncomingMessage["headers"]): boolean {
  const proto = headers["x-forwarded-proto"];
  const last = (Array.isArray(proto) ? proto.join(",") : (proto ?? "")).split(",").at(-1)?.trim().toLowerCase();
  return env().TRUST_PROXY === "on" && last === "http" && env().APP_URL.startsWith("https:");
}
