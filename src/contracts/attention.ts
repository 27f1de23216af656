/** What waits for a person. What each means, and what the person does: queries/attention.ts. */
export const attentionKinds = [
  "provider_does_not_answer",
  "payment_not_answered",
  "approval_not_settled",
  "refund_case_manual",
  "refund_short_of_balance",
  "dispute_evidence_due",
  "charge_facts_differ",
  "reversal_open",
  "follow_up_failed",
  "settlement_differs",
  "settlement_not_known",
  "callback_disabled",
] as const;
export type AttentionKind = (typeof attentionKinds)[number];
