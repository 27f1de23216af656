import { checkoutStatuses } from "#domain/checkout-states.ts";

/** Without zod, because the browser reads it too. */

export const bookingsPerPageMax = 100;
export const bookingSearchLengthMax = 100;

export const bookingOrders = ["newest", "soonest"] as const;
export type BookingOrder = (typeof bookingOrders)[number];

export const bookingStatuses = checkoutStatuses;

/** Of one file of bookings from another tool. */
export const bookingsImportRowsMax = 5000;
export const bookingsCsvLengthMax = 2_000_000;
