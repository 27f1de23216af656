/** Rooms that may not import `domain` ask here. */
export { refundDeadline } from "#domain/refund-policy.ts";
