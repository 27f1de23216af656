import type { CheckoutStatus } from "../checkout-states.ts";
import { mayStillBecomeMoney, type PaymentState } from "../payment-states.ts";

/** What is known of a payment's page before its provider is asked. */
export type OpenPage = {
  canCloseEarly: boolean;
  /** Nobody can pay at an address that nobody was given. */
  hasAddress: boolean;
  payment: PaymentState;
  checkout: CheckoutStatus;
  /** The provider closed it unpaid. */
  isClosed: boolean;
  /** Another page has taken its place, or its time was given up. */
  isUnwanted: boolean;
  /** Its end has passed, and the grace after it. */
  isOver: boolean;
};

/**
 * Whether the page must be closed before the provider's answer can free capacity, or because no
 * money shall come by it any more.
 */
export function mustClose({ canCloseEarly, hasAddress, payment, checkout, isClosed, isUnwanted, isOver }: OpenPage): boolean {
  if (!canCloseEarly || !hasAddress || isClosed || !mayStillBecomeMoney(payment)) return false;
  return isOver || isUnwanted || checkout !== "pending";
}
