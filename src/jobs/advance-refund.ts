import { advanceRefundCase } from "#commands/refund-cases/advance.ts";
import type { FollowUpJobDefinition } from "./job-definition.ts";

export const advanceRefundJob: FollowUpJobDefinition = {
  async work(followUp) {
    const refundCaseId = followUp.details["refundCaseId"];
    if (typeof refundCaseId !== "string") return { result: "skipped", reason: "the event names no refund case" };
    const next = await advanceRefundCase({ tenantId: followUp.tenantId, refundCaseId });
    return next ? { result: "again", inSeconds: next.againInSeconds } : { result: "done" };
  },
};
