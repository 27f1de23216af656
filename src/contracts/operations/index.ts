import { signInOperations } from "./account.ts";
import { bookingOperations } from "./bookings.ts";
import { documentOperations } from "./documents.ts";
import { healthOperations } from "./health.ts";
import { memberOperations } from "./members.ts";
import { operatorOperations } from "./operator.ts";
import { ownAccountOperations } from "./own-account.ts";
import { slotOperations } from "./slots.ts";
import { webhookOperations } from "./webhooks.ts";

/** Every stable URL. `http/app.ts` has no other routes. */
export const operations = [
  ...slotOperations,
  ...bookingOperations,
  ...webhookOperations,
  ...signInOperations,
  ...ownAccountOperations,
  ...memberOperations,
  ...operatorOperations,
  ...healthOperations,
  ...documentOperations,
] as const;
