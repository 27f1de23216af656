import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";
import { advanceRefundCase } from "#commands/refund-cases/advance.ts";

export const advanceRefundJob: FollowUpJobDefinition = {
  async work(followUp) {
    const { tenantId, refundCaseId } = followUp;
    if (!refundCaseId) return { result: "skipped", reason: "the event names no refund case" };
    const next = await advanceRefundCase({ tenantId, refundCaseId });
    return next ? { result: "again", inSeconds: next.againInSeconds } : { result: "done", effect: refundCaseId };
  },
};
