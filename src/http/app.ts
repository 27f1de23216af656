import { Hono } from "hono";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import type { ApiSchema } from "#contracts/operations/api-schema.ts";
import { operations } from "#contracts/operations/index.ts";
import { logger } from "#platform/logger.ts";
import { requestId, withRequestId } from "#platform/request-id.ts";
import { isTracing } from "#platform/tracing/spans.ts";
import { atHost } from "#queries/merchant/served-tenant.ts";
import { answerError, answerNotFound } from "./answers.ts";
import { isMailPath, mailPolicy } from "./merchant/first-run.ts";
import { handlersOf, type Parts } from "./operation-handlers.ts";
import { inRequestSpan } from "./request-span.ts";
import type { HttpEnv } from "./requests.ts";
import { routes } from "./route.ts";
import { noticeStatePath } from "./streams/notice-waits.ts";

/** For `hc<Api>` of hono/client. */
export type Api = Hono<HttpEnv, ApiSchema>;

/** Serves every stable URL. `isStableUrl` in front-door.ts decides which paths come here. */
export function createHttpApp(parts: Parts): Api {
  const app = new Hono<HttpEnv, ApiSchema>();
  app.onError(answerError);
  // listen.ts gives each request its id. Where Next runs alone, it gets one here.
  app.use((c, next) =>
    withRequestId(requestId(), async () => {
      c.header("x-request-id", requestId() ?? "");
      const startedAt = performance.now();
      await (isTracing() ? inRequestSpan(c, next) : next());
      if (isMailPath(c.req.path)) c.header("content-security-policy", mailPolicy);
      const ms = Math.round(performance.now() - startedAt);
      const line = { method: c.req.method, route: routePath(c, -1), status: c.res.status, ms };
      if (ms > slowMs && !isStream(c.res) && c.req.path !== noticeStatePath) logger().warn(line, "slow request");
      else logger().debug(line, "request");
    }),
  );
  app.use((c, next) => atHost(c.req.header("host"), next));
  app.use(async (c, next) => {
    await next();
    // secureHeaders keeps other sites from showing what is ours; mail readers show our pictures.
    if (c.req.path.startsWith("/api/images/")) c.header("cross-origin-resource-policy", "cross-origin");
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'self'", "'unsafe-inline'"], frameAncestors: ["'none'"] },
      // Pages do not send it, and a browser takes one answer for a whole origin.
      originAgentCluster: false,
      referrerPolicy: "same-origin",
      // listen.ts sends it, for pages too, but only where APP_URL is https.
      strictTransportSecurity: false,
    }),
  );
  for (const { methods, path, answer } of routes(operations, handlersOf(parts))) app.on(methods, path, answer);
  app.notFound(answerNotFound(app.routes));
  return app;
}

const slowMs = 1000;
const isStream = (answer: Response): boolean => answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
