import { Hono } from "hono";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { returnFromProvider } from "#commands/payments/return-from-provider.ts";
import { Refusal } from "#contracts/problem.ts";
import { logger } from "#platform/logger.ts";
import { requestId, withRequestId } from "#platform/request-id.ts";
import { isTracing } from "#platform/spans.ts";
import { answerError, answerNotFound } from "./answers.ts";
import { checkout } from "./checkout.ts";
import { docs } from "./docs.ts";
import { health } from "./health.ts";
import { limitReads } from "./limits.ts";
import { operator } from "./operator.ts";
import { inRequestSpan } from "./request-span.ts";
import type { HttpEnv } from "./requests.ts";
import { webhooks } from "./webhooks.ts";

/** Everything with a stable URL. Paths that this app takes: see `isStableUrl` in front-door.ts. */
export function createHttpApp(parts: { runDueJobs: () => Promise<void> }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError(answerError);
  // listen.ts has given the request its id; where Next runs alone, it gets one here.
  app.use((c, next) =>
    withRequestId(requestId(), async () => {
      c.header("x-request-id", requestId() ?? "");
      const startedAt = performance.now();
      await (isTracing() ? inRequestSpan(c, next) : next());
      const ms = Math.round(performance.now() - startedAt);
      const line = { method: c.req.method, route: routePath(c, -1), status: c.res.status, ms };
      if (ms > slowMs && !isStream(c.res)) logger().warn(line, "slow request");
      else logger().debug(line, "request");
    }),
  );
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'self'", "'unsafe-inline'"], frameAncestors: ["'none'"] },
      referrerPolicy: "same-origin",
      // listen.ts sends it, for pages too; and only where APP_URL is https.
      strictTransportSecurity: false,
    }),
  );
  app.route("/", health);
  app.route("/api", checkout);
  app.route("/api", webhooks);
  app.route("/api", operator(parts));
  app.route("/api", docs);
  // The provider sends the customer back here: an opaque address of ours, without a query that it could disturb.
  app.get("/pay/return/:booking/:token", limitReads, async (c) => {
    const { booking, token } = c.req.param();
    // Only a hint to ask the provider now: whatever becomes of it, the customer goes on to their page.
    await returnFromProvider({ bookingId: booking, token }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) logger().warn({ error }, "the return from the provider gave no hint");
    });
    return c.redirect(`/book/${encodeURIComponent(booking)}/confirm?token=${encodeURIComponent(token)}`, 303);
  });
  app.notFound(answerNotFound(app.routes));
  return app;
}

const slowMs = 1000;
const isStream = (answer: Response): boolean => answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
