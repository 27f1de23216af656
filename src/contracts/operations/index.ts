import { bookingOperations } from "./bookings.ts";
import { documentOperations } from "./documents.ts";
import { healthOperations } from "./health.ts";
import { linkOperations } from "./links.ts";
import { operatorOperations } from "./operator.ts";
import { serviceOperations } from "./services.ts";
import { slotOperations } from "./slots.ts";
import { webhookOperations } from "./webhooks.ts";

/** Every stable URL. `http/app.ts` has no other routes. */
export const operations = [
  ...slotOperations,
  ...bookingOperations,
  ...linkOperations,
  ...serviceOperations,
  ...webhookOperations,
  ...operatorOperations,
  ...healthOperations,
  ...documentOperations,
] as const;
