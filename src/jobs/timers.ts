import { z } from "zod";
import { tidyAccounts } from "#commands/accounts/tidy-accounts.ts";
import { turnRivalsAway } from "#commands/bookings/turn-rivals-away.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { cleanExpired } from "#commands/clean-expired.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { continueInquiry } from "#commands/inquiries/continue-inquiry.ts";
import { reviveInquiries } from "#commands/inquiries/plan-inquiry.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { checkDueDays } from "#commands/settlement-check/check-due.ts";
import { sweep } from "#commands/sweep.ts";
import { foldVisits } from "#commands/visits/fold-visits.ts";
import { system } from "#contracts/caller.ts";
import { env } from "#platform/env.ts";
import { sendPersonMail } from "./person-mail.ts";

const id = z.uuid();
const pollPayload = z.object({ tenantId: id, paymentId: id, isExtra: z.boolean().optional() });
const inboxPayload = z.object({ tenantId: id, inboxEventId: id, tries: z.int().min(0).optional() });
const inquiryPayload = z.object({ tenantId: id, inquiryId: id });
const mailPayload = z.object({ mailId: id });
const checkoutPayload = z.object({ tenantId: id, checkoutId: id });

/** `at` as in a crontab: https://worker.graphile.org/docs/cron */
type Round = { at: string; work: () => Promise<unknown> };

/**
 * What comes round by the clock, in the worker or by `/api/cron/work`. One run tidies everything,
 * so nothing is made up for. Before the jobs that are due: some of these enqueue more of them.
 */
export const roundsBeforeJobs = {
  sweep: { at: "* * * * *", work: sweep },
  "tidy-accounts": { at: "* * * * *", work: tidyAccounts },
  "cleanup-unpaid": { at: "*/15 * * * *", work: async () => env().CLEANUP_UNPAID === "on" && (await cleanupUnpaid()) },
  "clean-expired": {
    at: "*/5 * * * *",
    work: async () => env().CLEANUP_UNPAID === "on" && (await cleanExpired({ caller: system, input: { tenantId: null } })),
  },
  "fold-visits": { at: "23 * * * *", work: foldVisits },
  "revive-inquiries": { at: "*/10 * * * *", work: reviveInquiries },
} as const satisfies Record<string, Round>;

/** The last, because it asks the providers for whole days: a host may end the call meanwhile. */
export const roundsAfterJobs = {
  "check-settlements": { at: "*/10 * * * *", work: checkDueDays },
} as const satisfies Record<string, Round>;

const rounds: [string, Round][] = Object.entries({ ...roundsBeforeJobs, ...roundsAfterJobs });

export const crontab = rounds.map(([name, { at }]) => `${at} ${name}`).join("\n");

/** Work that no event asks for: what comes round, timers of one thing, and the inbox. */
export const timers: Record<string, (payload: unknown) => Promise<void>> = {
  ...Object.fromEntries(rounds.map(([name, { work }]) => [name, async () => void (await work())])),
  "poll-payment": async (payload) => {
    const { tenantId, paymentId, isExtra = false } = pollPayload.parse(payload);
    await pollPayment({ tenantId, paymentId, isExtra });
  },
  "settle-inbox-event": (payload) => settleInboxEvent(inboxPayload.parse(payload)),
  "expire-checkout": async (payload) => {
    await expireCheckout(checkoutPayload.parse(payload));
  },
  "turn-rivals-away": (payload) => turnRivalsAway(checkoutPayload.parse(payload)),
  "mail-person": (payload) => sendPersonMail(mailPayload.parse(payload)),
  "ask-payments": (payload) => continueInquiry(inquiryPayload.parse(payload)),
};
