import { confirmCheckout } from "#commands/checkouts/confirm-checkout.ts";
import { tellRestPaid } from "#commands/desk/tell-rest-paid.ts";
import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";

export const tellRestPaidJob: FollowUpJobDefinition = {
  async work({ tenantId, subjectId: restId }) {
    const isNews = await tellRestPaid({ tenantId, restId });
    return { result: "done", effect: isNews ? "told on its booking" : "was told before" };
  },
  // It promises nothing else.
  afterwards: ({ tenantId, subjectId: checkoutId }) => confirmCheckout({ tenantId, checkoutId }),
};
