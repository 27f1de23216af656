/** Rooms that may not import `domain` ask here. */
export { refundDeadline } from "#domain/refund-policy.ts";
export { withdrawalLaw } from "#domain/withdrawal.ts";
