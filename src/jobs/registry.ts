import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";
import type { FollowUpJob } from "#domain/follow-ups.ts";
import { advanceRefundJob, watchOutsideRefundJob } from "./advance-refund.ts";
import { closeRoomJob } from "./close-room.ts";
import { createRoomJob } from "./create-room.ts";
import { deliverCallbackJob } from "./deliver-callback.ts";
import { mailJobs } from "./mails.ts";
import { notifyMerchantJob } from "./notify-merchant.ts";
import { tellRestPaidJob } from "./tell-rest-paid.ts";

/** Every side effect. A new one is a file, a line here and a row in domain/follow-ups.ts. */
export const followUpRegistry: Record<FollowUpJob, FollowUpJobDefinition> = {
  ...mailJobs,
  "create-room": createRoomJob,
  "close-room": closeRoomJob,
  "notify-merchant": notifyMerchantJob,
  "tell-rest-paid": tellRestPaidJob,
  "deliver-callback": deliverCallbackJob,
  "advance-refund": advanceRefundJob,
  "watch-outside-refund": watchOutsideRefundJob,
};
