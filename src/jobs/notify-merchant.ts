import { confirmCheckout } from "#commands/checkouts/confirm-checkout.ts";
import { notifyMerchant } from "#commands/follow-ups/notify-merchant.ts";
import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";

export const notifyMerchantJob: FollowUpJobDefinition = {
  async work(followUp) {
    await notifyMerchant(followUp);
    return { result: "done", effect: "notification" };
  },
  // Without a room and a callback, this is the last promise.
  async afterwards(followUp) {
    if (followUp.eventKind.endsWith(".paid")) await confirmCheckout({ tenantId: followUp.tenantId, checkoutId: followUp.subjectId });
  },
};
