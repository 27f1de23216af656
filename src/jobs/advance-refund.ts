import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";
import { advanceRefundCase } from "#commands/refund-cases/advance.ts";
import { watchOutsideRefund } from "#commands/settlement/watch-outside-refund.ts";

export const advanceRefundJob: FollowUpJobDefinition = {
  async work(followUp) {
    const { tenantId, refundCaseId } = followUp;
    if (!refundCaseId) return { result: "skipped", reason: "the event names no refund case" };
    const next = await advanceRefundCase({ tenantId, refundCaseId });
    return next ? { result: "again", inSeconds: next.againInSeconds } : { result: "done", effect: refundCaseId };
  },
};

/** Of one that nobody here sends: it is only asked about. */
export const watchOutsideRefundJob: FollowUpJobDefinition = {
  async work({ tenantId, details }) {
    const { chargeId } = details;
    if (typeof chargeId !== "string") return { result: "skipped", reason: "the event names no charge" };
    const next = await watchOutsideRefund({ tenantId, chargeId });
    return next ? { result: "again", inSeconds: next.againInSeconds } : { result: "done", effect: chargeId };
  },
};
