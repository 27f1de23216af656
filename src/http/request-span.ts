import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context, Next } from "hono";
import { routePath } from "hono/route";
import { inSpan, type RunningSpan } from "#platform/tracing/spans.ts";
import { pathOf } from "./front-door.ts";
import { isFromProxy } from "./proxies.ts";
import type { HttpEnv } from "./requests.ts";

/**
 * Names the route, never the path, which holds tokens. Attributes:
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function inRequestSpan(c: Context<HttpEnv>, next: Next): Promise<void> {
  const { method } = c.req;
  return inSpan({ name: method, kind: "server", parent: parentOf(c.req.header("traceparent"), c.env?.incoming) }, async (span) => {
    await next();
    end(span, { method, route: routePath(c, -1), status: c.res.status });
  });
}

/** Opens no span for scripts, styles and pictures of pages. */
export function inPageSpan(
  request: IncomingMessage,
  response: ServerResponse,
  show: (request: IncomingMessage, response: ServerResponse) => unknown,
): unknown {
  const path = pathOf(request.url);
  if (/^\/_next\/|\.[a-z0-9]+$/i.test(path)) return show(request, response);
  const { method = "GET" } = request;
  const header = request.headers["traceparent"];
  return inSpan({ name: method, kind: "server", parent: parentOf(Array.isArray(header) ? header[0] : header, request) }, async (span) => {
    const closed = new Promise((resolve) => response.once("close", resolve));
    await show(request, response);
    await closed;
    end(span, { method, route: pageRoute(path), status: response.statusCode });
  });
}

/** Anybody may send a traceparent. Only a proxy's is trusted. */
const parentOf = (header: string | undefined, request: IncomingMessage | undefined): string | null =>
  isFromProxy(request?.socket?.remoteAddress) ? (header ?? null) : null;

function end(span: RunningSpan, { method, route, status }: { method: string; route: string; status: number }): void {
  span.rename(`${method} ${route}`);
  span.add({ "http.request.method": method, "http.route": route, "http.response.status_code": status });
  if (status >= 500) span.fail(String(status));
}

/** Anything but a page's own word is a link, a booking or an invention. */
const pageRoute = (path: string): string =>
  path
    .split("/")
    .map((word) => (pageWords.has(word) ? word : "*"))
    .join("/");
const pageWords = new Set(["", "book", "select", "availability", "details", "confirm", "terms"]);
