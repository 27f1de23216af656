import { z } from "zod";
import { cleanupUnpaid } from "#commands/checkouts/cleanup-unpaid.ts";
import { expireBooking } from "#commands/checkouts/expire-checkout.ts";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { pollPayment } from "#commands/payments/poll-payment.ts";
import { sweep } from "#commands/sweep.ts";
import { env } from "#platform/env.ts";

const id = z.uuid();
const pollPayload = z.object({ tenantId: id, paymentId: id, isExtra: z.boolean().optional() });
const inboxPayload = z.object({ tenantId: id, inboxEventId: id });
const expirePayload = z.object({ tenantId: id, bookingId: id });

/** Work that no event asks for: what time brings, and what the inbox holds. */
export const timers: Record<string, (payload: unknown) => Promise<void>> = {
  "poll-payment": async (payload) => {
    const { tenantId, paymentId, isExtra = false } = pollPayload.parse(payload);
    await pollPayment({ tenantId, paymentId, isExtra });
  },
  "settle-inbox-event": (payload) => settleInboxEvent(inboxPayload.parse(payload)),
  "expire-booking": async (payload) => {
    await expireBooking(expirePayload.parse(payload));
  },
  "cleanup-unpaid": async () => {
    if (env().CLEANUP_UNPAID === "on") await cleanupUnpaid();
  },
  sweep: async () => {
    await sweep();
  },
};

/** https://worker.graphile.org/docs/cron ; `backfill` is not needed: one run tidies everything that waits. */
export const crontab = "* * * * * sweep\n*/15 * * * * cleanup-unpaid";
