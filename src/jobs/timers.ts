import { z } from "zod";
import { tidyAccounts } from "#commands/accounts/tidy-accounts.ts";
import { turnRivalsAway } from "#commands/bookings/turn-rivals-away.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { continueInquiry } from "#commands/inquiries/continue-inquiry.ts";
import { reviveInquiries } from "#commands/inquiries/plan-inquiry.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { checkDueDays } from "#commands/settlement-check/check-due.ts";
import { sweep } from "#commands/sweep.ts";
import { foldVisits } from "#commands/visits/fold-visits.ts";
import { env } from "#platform/env.ts";
import { sendPersonMail } from "./person-mail.ts";

const id = z.uuid();
const pollPayload = z.object({ tenantId: id, paymentId: id, isExtra: z.boolean().optional() });
const inboxPayload = z.object({ tenantId: id, inboxEventId: id, tries: z.int().min(0).optional() });
const inquiryPayload = z.object({ tenantId: id, inquiryId: id });
const mailPayload = z.object({ mailId: id });
const checkoutPayload = z.object({ tenantId: id, checkoutId: id });

/** Work that no event asks for: timers and the inbox. */
export const timers: Record<string, (payload: unknown) => Promise<void>> = {
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
  "cleanup-unpaid": async () => {
    if (env().CLEANUP_UNPAID === "on") await cleanupUnpaid();
  },
  "fold-visits": async () => {
    await foldVisits();
  },
  "check-settlements": async () => {
    await reviveInquiries();
    await checkDueDays();
  },
  sweep: async () => {
    await sweep();
    await tidyAccounts();
  },
};

/** https://worker.graphile.org/docs/cron One run tidies everything, so no `backfill`. */
export const crontab = "* * * * * sweep\n*/15 * * * * cleanup-unpaid\n23 * * * * fold-visits\n*/10 * * * * check-settlements";
