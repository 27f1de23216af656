import type { DeclineReason } from "#domain/choice/decline-reasons.ts";

/**
 * https://docs.stripe.com/declines/codes. Of a lost or stolen card, and of a suspicion, Stripe asks
 * to tell the customer no more than of a plain refusal.
 */
const reasons: Readonly<Record<string, DeclineReason>> = {
  insufficient_funds: "insufficient_funds",
  withdrawal_count_limit_exceeded: "insufficient_funds",
  expired_card: "card_expired",
  incorrect_cvc: "wrong_details",
  incorrect_number: "wrong_details",
  incorrect_pin: "wrong_details",
  incorrect_zip: "wrong_details",
  invalid_cvc: "wrong_details",
  invalid_expiry_month: "wrong_details",
  invalid_expiry_year: "wrong_details",
  invalid_number: "wrong_details",
  authentication_required: "not_authenticated",
  payment_intent_authentication_failure: "not_authenticated",
  card_not_supported: "method_refused",
  currency_not_supported: "method_refused",
  card_velocity_exceeded: "too_many_tries",
  pin_try_exceeded: "too_many_tries",
  processing_error: "provider_error",
  try_again_later: "provider_error",
  card_declined: "ask_bank",
};

type LastError = { code?: string | null | undefined; decline_code?: string | null | undefined };

/** The bank's own code says more than Stripe's. Returns null for what neither tells. */
export function declineReasonOf(error: LastError | null | undefined): DeclineReason | null {
  const known = [error?.decline_code, error?.code].find((code) => code && Object.hasOwn(reasons, code));
  return (known && reasons[known]) || null;
}
