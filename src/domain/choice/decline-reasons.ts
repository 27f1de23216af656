/**
 * Why a charge was declined, in words that no provider owns. A provider's code that none of these
 * fits has no reason: the customer is told of the decline alone.
 */
export const declineReasons = [
  "insufficient_funds",
  /** The number, the date, the code or the holder was typed wrong. */
  "wrong_details",
  "card_expired",
  /** 3-D Secure, a one-time code, the bank's own page. */
  "not_authenticated",
  /** The bank says no and does not say why, or wants to be called. */
  "ask_bank",
  /** The method does not take such a payment: amount, country, instalments. */
  "method_refused",
  "too_many_tries",
  "security",
  /** The lender gives no credit for it. */
  "credit_refused",
  /** The customer left, or let the page's time pass. */
  "not_finished",
  /** Nothing that the customer did: a try at once may help. */
  "provider_error",
] as const;
export type DeclineReason = (typeof declineReasons)[number];
