/**
 * Why a refund did not go out, or why nothing had to go back. The catalogues have a sentence for
 * each, as for the codes of the adapters (`RefundAnswer.detail`).
 */
export const refundProblems = [
  "failed_at_provider",
  "gave_up",
  "keys_refused",
  "no_end",
  "no_money",
  "not_ours",
  "provider_refused",
  "provider_says",
  "refused",
  "settled_elsewhere",
  "short_of_balance",
  "unknown_to_api",
] as const;
export type RefundProblem = (typeof refundProblems)[number];

/** As it is stored: the code, and what the provider said in its own words. */
export function refundProblem(code: RefundProblem, said?: string | null): string {
  return said && said !== code ? `${code}: ${said}` : code;
}

/** An adapter names one of its codes, or hands on what the provider said. */
export function refusedRefund({ detail, providerStatus }: { detail: string | null; providerStatus: string }): string {
  if (detail !== null && /^[a-z_]+(: |$)/.test(detail)) return detail;
  const said = detail ?? providerStatus;
  return said === "" ? refundProblem("refused") : refundProblem("provider_refused", said);
}
