import type { IncomingMessage } from "node:http";
import type { RefusalCode } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { isSubdomain } from "#queries/merchant/served-tenant.ts";
import { isFromProxy } from "./proxies.ts";

export type FrontDoor = { refused: RefusalCode } | { redirectTo: string } | null;
type Asked = Pick<IncomingMessage, "method" | "url" | "headers" | "socket">;

/** Pages take POST because Next's own actions are POSTs. */
const pageMethods = new Set(["GET", "HEAD", "POST", "OPTIONS"]);
const apiMethods = new Set([...pageMethods, "PUT", "PATCH", "DELETE"]);

/** Two readers may understand these addresses differently. Browsers and providers send none. */
const ambiguousPath = /\/\/|\\|%2f|%5c|%00|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** What customers see, and the files of it. */
const customerPaths = /^\/(book|terms|shop|order|_next|demo)(\/|$)|^\/(favicon\.ico|icon\.svg|apple-icon\.png)$/;

/** Load balancers and Prometheus speak plain http, and providers follow no redirect. */
const plainHttpPaths = /^\/(healthz|readyz|metrics)$|^\/api\/webhooks\/|^\/api\/payments\/[^/]+\/webhook$|^\/store\/webhook\//;

/** Stable URLs go straight to Hono, everything else to Next. */
export function isStableUrl(path: string): boolean {
  return /^\/(api|store|pay)(\/|$)|^\/(healthz|readyz|metrics)$/.test(path);
}

export const pathOf = (url: string | undefined): string => (url ?? "/").split("?", 1)[0] ?? "/";

/**
 * Checks every request first; null lets it in. Takes webhooks over plain http: the signature proves
 * them, and a typing error must not lose money. Redirects other http to APP_URL, never to the Host
 * header. Refuses a change, whose content has already travelled in the clear.
 */
export function atFrontDoor({ method = "", url = "", headers, socket }: Asked): FrontDoor {
  const path = pathOf(url);
  if (!path.startsWith("/") || ambiguousPath.test(path)) return { refused: "not_found" };
  if (!(isStableUrl(path) ? apiMethods : pageMethods).has(method)) return { refused: "method_not_allowed" };
  // A merchant's own host has their customers' pages. Everything else is at ours.
  if (isSubdomain(headers.host) && !isStableUrl(path) && !customerPaths.test(path))
    return { redirectTo: new URL(env().APP_URL).origin + url };
  if (!(isFromProxy(socket.remoteAddress) && isPlainHttp(headers)) || plainHttpPaths.test(path)) return null;
  if (method !== "GET" && method !== "HEAD") return { refused: "https_required" };
  return { redirectTo: new URL(env().APP_URL).origin + url };
}

/** Only a proxy can tell, and only an https APP_URL is worth a redirect. */
function isPlainHttp(headers: IncomingMessage["headers"]): boolean {
  const proto = headers["x-forwarded-proto"];
  const last = (Array.isArray(proto) ? proto.join(",") : (proto ?? "")).split(",").at(-1)?.trim().toLowerCase();
  return last === "http" && env().APP_URL.startsWith("https:");
}
