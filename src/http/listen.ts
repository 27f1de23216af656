import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { env } from "#platform/env.ts";
import { newRequestId, withRequestId } from "#platform/request-id.ts";
import { isTracing } from "#platform/spans.ts";
import { problemText } from "./answers.ts";
import { atFrontDoor, isStableUrl, pathOf } from "./front-door.ts";
import { inPageSpan } from "./request-span.ts";

/** How long a request may take to arrive, a connection may be silent, and stopping may take. */
export type ListenLimits = {
  headersMsMax: number;
  requestMsMax: number;
  idleMsMax: number;
  checkEveryMs: number;
  /**
   * Stopping: how long open connections may still ask (they are told that it is the last time), and
   * when all of them end.
   */
  drainMs: number;
  finishMsMax: number;
};
const usualLimits: ListenLimits = {
  headersMsMax: 10_000,
  requestMsMax: 30_000,
  idleMsMax: 120_000,
  checkEveryMs: 1000,
  drainMs: 1000,
  finishMsMax: 15_000,
};
const headerBytesMax = 16 * 1024;
const hstsSeconds = 365 * 24 * 3600;

type ShowPage = (request: IncomingMessage, response: ServerResponse) => unknown;
export type WebServer = { server: Server; stop(): Promise<void> };

/**
 * Sends stable URLs to `answer` (Hono) and the rest to `showPage` (Next). Node drops slow senders,
 * for which it looks every `checkEveryMs`. `stop` takes no new connection, lets running requests
 * finish and ends event streams, which browsers open again elsewhere.
 */
export function createWebServer(input: {
  answer: Parameters<typeof getRequestListener>[0];
  showPage: ShowPage;
  limits?: Partial<ListenLimits>;
}): WebServer {
  const limits = { ...usualLimits, ...input.limits };
  // Web streams around answers cost a tenth of a request. It replaces the global Response, which
  // what `fetch` returns is then no instance of.
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
      if (isStopping) response.setHeader("connection", "close");
      if (isStopping && path === "/readyz") return refuse(response, 503, '{"ready":false}');
      const door = atFrontDoor(request);
      if (door && "refused" in door) return refuse(response, ...problemText(door.refused));
      if (door) return void response.writeHead(308, { location: door.redirectTo, "content-length": 0 }).end();
      if (path.startsWith("/api/bookings/") && path.endsWith("/events")) follow(streams, response);
      const fromProxy = env().TRUST_PROXY === "on" ? request.headers["x-request-id"] : undefined;
      withRequestId(fromProxy ?? newRequestId(), () =>
        isStableUrl(path) ? void stable(request, response) : void showPage(request, response),
      );
    },
  );
  server.headersTimeout = limits.headersMsMax;
  server.requestTimeout = limits.requestMsMax;
  server.setTimeout(limits.idleMsMax);

  return {
    server,
    async stop() {
      isStopping = true;
      // Not http's own close: it would end idle connections at once, perhaps under a request that is on its way.
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

/** The body, if there is one, was not read and never will be. */
function refuse(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  response.end(body);
}
