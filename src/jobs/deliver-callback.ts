import { afterCallback, deliverCallback } from "#commands/callbacks/deliver-callback.ts";
import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";

export const deliverCallbackJob: FollowUpJobDefinition = { work: deliverCallback, afterwards: afterCallback };
