import { notifyMerchant } from "../commands/follow-ups/notify-merchant.ts";
import type { FollowUpJobDefinition } from "./registry.ts";

export const notifyMerchantJob: FollowUpJobDefinition = {
  async work(followUp) {
    await notifyMerchant(followUp);
    return { result: "done" };
  },
};
