import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { databaseNow } from "#platform/connection-check.ts";
import { env } from "#platform/env.ts";
import { newRequestId, withRequestId } from "#platform/request-id.ts";
import { isTracing } from "#platform/tracing/spans.ts";
import { problemText } from "./answers.ts";
import { atFrontDoor, isStableUrl, pathOf } from "./front-door.ts";
import { isFromProxy } from "./proxies.ts";
import { inPageSpan } from "./request-span.ts";
import { noticeStatePath } from "./streams/notice-waits.ts";

/** Limits for a request's arrival, a silent connection, and stopping. */
export type ListenLimits = {
  headersMsMax: number;
  requestMsMax: number;
  idleMsMax: number;
  /** Longer than the 60 s of usual balancers, so that they close first. */
  keepAliveMs: number;
  checkEveryMs: number;
  /** When stopping: how long open connections may still ask, and when all of them end. */
  drainMs: number;
  finishMsMax: number;
};
const usualLimits: ListenLimits = {
  headersMsMax: 10_000,
  requestMsMax: 30_000,
  idleMsMax: 120_000,
  keepAliveMs: 75_000,
  checkEveryMs: 1000,
  drainMs: 1000,
  finishMsMax: 15_000,
};
const headerBytesMax = 16 * 1024;
const hstsSeconds = 365 * 24 * 3600;

type ShowPage = (request: IncomingMessage, response: ServerResponse) => unknown;
export type WebServer = { server: Server; listen(port: number, host: string): Promise<void>; stop(): Promise<void> };

/**
 * Sends stable URLs to `answer` (Hono) and the rest to `showPage` (Next). Node drops slow senders
 * every `checkEveryMs`. `stop` takes no new connection, lets running requests finish and ends event
 * streams, which browsers open again elsewhere.
 */
export function createWebServer(input: {
  answer: Parameters<typeof getRequestListener>[0];
  showPage: ShowPage;
  limits?: Partial<ListenLimits>;
}): WebServer {
  const limits = { ...usualLimits, ...input.limits };
  // Wrapping answers in web streams costs a tenth of a request. This replaces the global Response:
  // what `fetch` returns is no instance of it.
  const stable = getRequestListener(input.answer, { overrideGlobalObjects: true });
  const streams = new Set<ServerResponse>();
  const showPage: ShowPage = (request, response) =>
    isTracing() ? inPageSpan(request, response, input.showPage) : input.showPage(request, response);
  let isStopping = false;

  const server = createServer(
    { connectionsCheckingInterval: limits.checkEveryMs, maxHeaderSize: headerBytesMax, requireHostHeader: true },
    (request, response) => {
      const path = pathOf(request.url);
      if (env().APP_URL.startsWith("https:")) response.setHeader("strict-transport-security", `max-age=${hstsSeconds}`);
      // Pages count down by it, and holds end by the database's clock.
      response.setHeader("date", new Date(databaseNow()).toUTCString());
      if (isStopping) response.setHeader("connection", "close");
      if (isStopping && path === "/readyz") return refuse(response, 503, '{"ready":false}');
      const door = atFrontDoor(request);
      if (door && "refused" in door) return refuse(response, ...problemText(door.refused));
      if (door) return void response.writeHead(308, { location: door.redirectTo, "content-length": 0 }).end();
      if ((path.startsWith("/api/bookings/") && path.endsWith("/events")) || path === noticeStatePath) follow(streams, response);
      const fromProxy = isFromProxy(request.socket.remoteAddress) ? request.headers["x-request-id"] : undefined;
      withRequestId(fromProxy ?? newRequestId(), () =>
        isStableUrl(path) ? void stable(request, response) : void showPage(request, response),
      );
    },
  );
  server.headersTimeout = limits.headersMsMax;
  server.requestTimeout = limits.requestMsMax;
  server.keepAliveTimeout = limits.keepAliveMs;
  server.setTimeout(limits.idleMsMax);

  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, resolve);
      }),
    async stop() {
      isStopping = true;
      // http's own close would end idle connections at once, even with a request on its way.
      const closed = new Promise<void>((resolve) => void NetServer.prototype.close.call(server, () => resolve()));
      for (const stream of streams) stream.destroy();
      let sweep: NodeJS.Timeout | undefined;
      const drained = setTimeout(() => {
        sweep = setInterval(() => server.closeIdleConnections(), 50);
      }, limits.drainMs);
      const deadline = setTimeout(() => server.closeAllConnections(), limits.finishMsMax);
      await closed;
      for (const timer of [sweep, drained, deadline]) clearTimeout(timer);
      server.close();
    },
  };
}

function follow(streams: Set<ServerResponse>, response: ServerResponse): void {
  streams.add(response);
  response.once("close", () => streams.delete(response));
}

/** Closes the connection, because the body was not read and never will be. */
function refuse(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  response.end(body);
}
