import { Hono } from "hono";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import type { ApiSchema } from "#contracts/operations/api-schema.ts";
import { operations } from "#contracts/operations/index.ts";
import { logger } from "#platform/logger.ts";
import { requestId, withRequestId } from "#platform/request-id.ts";
import { isTracing } from "#platform/tracing/spans.ts";
import { atHost } from "#queries/merchant/served-tenant.ts";
import { memberHandlers } from "./accounts/members.ts";
import { ownAccountHandlers } from "./accounts/own-account.ts";
import { passkeyHandlers } from "./accounts/passkeys.ts";
import { signInHandlers } from "./accounts/sign-in.ts";
import { answerError, answerNotFound } from "./answers.ts";
import { bookingHandlers } from "./bookings.ts";
import { documentHandlers } from "./documents.ts";
import { healthHandlers } from "./health.ts";
import { bookingDeskHandlers, type RenderBookingMail } from "./merchant/booking-desk.ts";
import { moveHandlers } from "./merchant/booking-moves.ts";
import { bookingsListHandlers } from "./merchant/bookings-list.ts";
import { byHandHandlers } from "./merchant/by-hand.ts";
import { calendarHandlers } from "./merchant/calendar.ts";
import { calendarInvitationHandlers } from "./merchant/calendar-invitations.ts";
import { callbackHandlers } from "./merchant/callbacks.ts";
import { customerHandlers } from "./merchant/customers.ts";
import { eventHandlers } from "./merchant/events.ts";
import { firstRunHandlers, isMailPath, mailPolicy, type RenderTestMail } from "./merchant/first-run.ts";
import { followUpHandlers } from "./merchant/follow-ups.ts";
import { keyHandlers } from "./merchant/keys.ts";
import { ledgerHandlers } from "./merchant/ledger/ledger.ts";
import { paymentsListHandlers } from "./merchant/ledger/payments-list.ts";
import { proofHandlers } from "./merchant/ledger/proofs.ts";
import { linkHandlers } from "./merchant/links.ts";
import { locationHandlers } from "./merchant/locations.ts";
import { metricsHandlers } from "./merchant/metrics.ts";
import { deskMoneyHandlers } from "./merchant/money.ts";
import { noticeHandlers } from "./merchant/notices.ts";
import { paymentHandlers } from "./merchant/payments.ts";
import { professionalHandlers } from "./merchant/professionals.ts";
import { serviceHandlers } from "./merchant/services.ts";
import { settingsHandlers } from "./merchant/settings.ts";
import { noticeStatePath } from "./notice-waits.ts";
import { operatorHandlers } from "./operator.ts";
import { inRequestSpan } from "./request-span.ts";
import type { HttpEnv } from "./requests.ts";
import { routes } from "./route.ts";
import { slotHandlers } from "./slots.ts";
import { webhookHandlers } from "./webhooks.ts";

/** For `hc<Api>` of hono/client. */
export type Api = Hono<HttpEnv, ApiSchema>;

/** What the process puts in: jobs and mails are rooms that this one does not know. */
type Parts = { runDueJobs: () => Promise<void>; renderTestMail?: RenderTestMail; renderBookingMail?: RenderBookingMail };

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
  const handlers = {
    ...slotHandlers,
    ...bookingHandlers,
    ...bookingDeskHandlers(parts.renderBookingMail),
    ...deskMoneyHandlers,
    ...followUpHandlers,
    ...paymentsListHandlers,
    ...ledgerHandlers,
    ...proofHandlers,
    ...noticeHandlers,
    ...bookingsListHandlers,
    ...moveHandlers,
    ...customerHandlers,
    ...byHandHandlers,
    ...calendarHandlers,
    ...linkHandlers,
    ...firstRunHandlers(parts.renderTestMail),
    ...metricsHandlers,
    ...serviceHandlers,
    ...paymentHandlers,
    ...keyHandlers,
    ...eventHandlers,
    ...webhookHandlers,
    ...settingsHandlers,
    ...callbackHandlers,
    ...locationHandlers,
    ...signInHandlers,
    ...passkeyHandlers,
    ...ownAccountHandlers,
    ...memberHandlers,
    ...professionalHandlers,
    ...calendarInvitationHandlers,
    ...operatorHandlers(parts),
    ...healthHandlers,
    ...documentHandlers,
  };
  for (const { methods, path, answer } of routes(operations, handlers)) app.on(methods, path, answer);
  app.notFound(answerNotFound(app.routes));
  return app;
}

const slowMs = 1000;
const isStream = (answer: Response): boolean => answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
