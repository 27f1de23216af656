/** Rooms that may not import `domain` ask here. */

export { withdrawalLaw } from "#domain/money-back/withdrawal.ts";
export { refundDeadline } from "#domain/refund-policy.ts";
