import { openTestPayments } from "#commands/connections/open-test-payments.ts";
import type { RenderedMail, TestMail } from "#contracts/first-run/first-run.ts";
import type { firstRunOperations } from "#contracts/operations/links/first-run.ts";
import { Refusal } from "#contracts/problem.ts";
import { loadFirstRun } from "#queries/links/first-run.ts";
import type { HandlersOf } from "../route.ts";

/** The process hands the worker's templates in. Returns null if there is no such mail. */
export type RenderTestMail = (input: { tenantId: string; bookingId: string; mail: TestMail }) => Promise<RenderedMail | null>;

/** A mail's styles are in its tags. It runs no script and sends no form. */
export const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; frame-ancestors 'self'";
export const isMailPath = (path: string): boolean => /^\/api\/(first-run|(bookings|orders)\/[0-9a-f-]+)\/mails\//.test(path);

export const firstRunHandlers = (renderTestMail: RenderTestMail | undefined): HandlersOf<typeof firstRunOperations> => ({
  getFirstRun: ({ caller }) => loadFirstRun(caller.tenantId),

  async openTestPayments({ caller }) {
    await openTestPayments({ caller, input: { tenantId: caller.tenantId } });
    return loadFirstRun(caller.tenantId);
  },

  async getTestMail({ caller, input: { params }, c }) {
    const mail = await renderTestMail?.({ tenantId: caller.tenantId, bookingId: params.id, mail: params.mail });
    if (!mail) throw new Refusal("checkout_unknown");
    return c.html(mail.html);
  },
});
