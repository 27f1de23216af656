import type { IncomingMessage } from "node:http";
import type { RefusalCode } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";

export type FrontDoor = { refused: RefusalCode } | { redirectTo: string } | null;
type Asked = Pick<IncomingMessage, "method" | "url" | "headers">;

/** Pages take POST because Next's own actions are POSTs. */
const pageMethods = new Set(["GET", "HEAD", "POST", "OPTIONS"]);
const apiMethods = new Set([...pageMethods, "PUT", "PATCH", "DELETE"]);

/**
 * Addresses that two readers may understand differently: `//`, `/../`, encoded slashes,
 * backslashes and NULs. Browsers and providers send none.
 */
const ambiguousPath = /\/\/|\\|%2f|%5c|%00|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * For balancers and Prometheus, which speak plain http, and providers, which follow no redirect.
 */
const plainHttpPaths = /^\/(healthz|readyz|metrics)$|^\/api\/webhooks\/|^\/api\/payments\/[^/]+\/webhook$|^\/store\/webhook\//;

/** Pages belong to Next; everything else goes straight to Hono. */
export function isStableUrl(path: string): boolean {
  return /^\/(api|store|pay)(\/|$)|^\/(healthz|readyz|metrics)$/.test(path);
}

export const pathOf = (url: string | undefined): string => (url ?? "/").split("?", 1)[0] ?? "/";

/**
 * Looks at every request first; returns null to let it in. A webhook is taken over plain http: its
 * signature proves it, and money must not be lost over a typing error. Other http goes to APP_URL,
 * never to the Host header. A change is refused: its content has already travelled in the clear.
 */
export function atFrontDoor({ method = "", url = "", headers }: Asked): FrontDoor {
  const path = pathOf(url);
  if (!path.startsWith("/") || ambiguousPath.test(path)) return { refused: "not_found" };
  if (!(isStableUrl(path) ? apiMethods : pageMethods).has(method)) return { refused: "method_not_allowed" };
  if (!isPlainHttp(headers) || plainHttpPaths.test(path)) return null;
  if (method !== "GET" && method !== "HEAD") return { refused: "https_required" };
  return { redirectTo: new URL(env().APP_URL).origin + url };
}

/** Only a proxy can say so, and only an https APP_URL gives an address to redirect to. */
function isPlainHttp(headers: IncomingMessage["headers"]): boolean {
  const proto = headers["x-forwarded-proto"];
  const last = (Array.isArray(proto) ? proto.join(",") : (proto ?? "")).split(",").at(-1)?.trim().toLowerCase();
  return env().TRUST_PROXY === "on" && last === "http" && env().APP_URL.startsWith("https:");
}
