import type { DeclineReason } from "#domain/choice/decline-reasons.ts";

/** https://www.mercadopago.com.pe/developers/en/docs/checkout-api/response-handling/query-results */
const reasons: Readonly<Record<string, DeclineReason>> = {
  cc_rejected_bad_filled_card_number: "wrong_details",
  cc_rejected_bad_filled_date: "wrong_details",
  cc_rejected_bad_filled_other: "wrong_details",
  cc_rejected_bad_filled_security_code: "wrong_details",
  cc_rejected_blacklist: "security",
  cc_rejected_high_risk: "security",
  cc_rejected_call_for_authorize: "ask_bank",
  cc_rejected_card_disabled: "ask_bank",
  cc_rejected_other_reason: "ask_bank",
  cc_rejected_insufficient_amount: "insufficient_funds",
  cc_rejected_invalid_installments: "method_refused",
  cc_rejected_max_attempts: "too_many_tries",
  bank_error: "provider_error",
  expired: "not_finished",
  by_payer: "not_finished",
};

/** Returns null for what the customer is told nothing more of. */
export function declineReasonOf(statusDetail: string | null | undefined): DeclineReason | null {
  return (statusDetail && Object.hasOwn(reasons, statusDetail) && reasons[statusDetail]) || null;
}
