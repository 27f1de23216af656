import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";
import { watchOutsideRefund } from "#commands/settlement/watch-outside-refund.ts";

export const watchOutsideRefundJob: FollowUpJobDefinition = {
  async work({ tenantId, details }) {
    const { chargeId } = details;
    if (typeof chargeId !== "string") return { result: "skipped", reason: "the event names no charge" };
    const next = await watchOutsideRefund({ tenantId, chargeId });
    return next ? { result: "again", inSeconds: next.againInSeconds } : { result: "done", effect: chargeId };
  },
};
