import { afterCallback, deliverCallback } from "#commands/callbacks/deliver-callback.ts";
import type { FollowUpJobDefinition } from "./job-definition.ts";

export const deliverCallbackJob: FollowUpJobDefinition = { work: deliverCallback, afterwards: afterCallback };
