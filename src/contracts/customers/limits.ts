/** Pages read these too, so this file needs no package. */
export const customersPerPageMax = 100;
export const customerSearchLengthMax = 100;
export const customerReasonLengthMax = 300;
export const customerNotesMax = 100;
/** A customer's page shows the newest; the list of bookings has them all. */
export const customerBookingsMax = 100;
export const customersImportRowsMax = 10_000;
export const customersCsvLengthMax = 2_000_000;

export const customerFilters = ["blocked", "full_payment"] as const;
export const doubleReasons = ["same_email", "same_phone", "same_name"] as const;
/** Why a person's data cannot be erased now. */
export const eraseRefusals = ["customer_has_bookings", "customer_has_orders", "customer_has_refunds", "customer_is_paying"] as const;
