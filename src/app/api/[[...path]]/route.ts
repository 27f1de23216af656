import { createHttpApp } from "#http/app.ts";
import { renderCheckoutMail } from "#jobs/render-checkout-mail.ts";
import { renderTestMail } from "#jobs/render-test-mail.ts";
import { runDueJobs } from "#jobs/run-worker.ts";

/** For hosts that run only Next: the same app that src/server.ts puts in front. */
export const dynamic = "force-dynamic";

const answer = (request: Request) => createHttpApp({ runDueJobs, renderTestMail, renderCheckoutMail }).fetch(request);

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
