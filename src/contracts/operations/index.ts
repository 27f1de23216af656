import { bookingOperations } from "./bookings.ts";
import { documentOperations } from "./documents.ts";
import { healthOperations } from "./health.ts";
import { locationOperations } from "./locations.ts";
import { operatorOperations } from "./operator.ts";
import { settingsOperations } from "./settings.ts";
import { slotOperations } from "./slots.ts";
import { webhookOperations } from "./webhooks.ts";

/** Every stable URL. `http/app.ts` has no other routes. */
export const operations = [
  ...slotOperations,
  ...bookingOperations,
  ...webhookOperations,
  ...settingsOperations,
  ...locationOperations,
  ...operatorOperations,
  ...healthOperations,
  ...documentOperations,
] as const;
