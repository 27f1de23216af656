import { bookingOperations } from "./bookings.ts";
import { documentOperations } from "./documents.ts";
import { eventOperations } from "./events.ts";
import { healthOperations } from "./health.ts";
import { keyOperations } from "./keys.ts";
import { operatorOperations } from "./operator.ts";
import { paymentOperations } from "./payments.ts";
import { slotOperations } from "./slots.ts";
import { webhookOperations } from "./webhooks.ts";

/** Every stable URL. `http/app.ts` has no other routes. */
export const operations = [
  ...slotOperations,
  ...bookingOperations,
  ...paymentOperations,
  ...keyOperations,
  ...eventOperations,
  ...webhookOperations,
  ...operatorOperations,
  ...healthOperations,
  ...documentOperations,
] as const;
