import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { returnFromProvider } from "../commands/payments/return-from-provider.ts";
import { newToken } from "../platform/ids.ts";
import { answerError, answerNotFound } from "./answers.ts";
import { checkout } from "./checkout.ts";
import { docs } from "./docs.ts";
import { health } from "./health.ts";
import { operator } from "./operator.ts";
import type { HttpEnv } from "./requests.ts";
import { webhooks } from "./webhooks.ts";

/** Everything with a stable URL. Paths that this app takes: see `isStableUrl`. */
export function createHttpApp(parts: { runDueJobs: () => Promise<void> }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError(answerError);
  app.notFound(answerNotFound);
  app.use(async (c, next) => {
    c.header("x-request-id", newToken().slice(0, 16));
    await next();
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'self'", "'unsafe-inline'"], frameAncestors: ["'none'"] },
      referrerPolicy: "same-origin",
    }),
  );
  app.route("/", health);
  app.route("/api", checkout);
  app.route("/api", webhooks);
  app.route("/api", operator(parts));
  app.route("/api", docs);
  // The provider sends the customer back here: an opaque address of ours, without a query that it could disturb.
  app.get("/pay/return/:booking/:token", async (c) => {
    const { booking, token } = c.req.param();
    await returnFromProvider({ bookingId: booking, token }).catch(() => {});
    return c.redirect(`/book/${encodeURIComponent(booking)}/confirm?token=${encodeURIComponent(token)}`, 303);
  });
  return app;
}

/** Pages belong to Next; everything else comes straight here. */
export function isStableUrl(path: string): boolean {
  return /^\/(api|store|pay)(\/|$)|^\/(healthz|readyz|metrics)$/.test(path);
}
