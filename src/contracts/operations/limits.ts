/** Per address, for each change that RATE_LIMIT_CHANGES allows: one setting scales all. */
export const rates = {
  changes: { times: 1, seconds: 10 },
  /** Options, slots, states and event streams. An open page asks every two seconds. */
  reads: { times: 6, seconds: 10 },
  /** Payment pages. Each costs a call to the provider, a timer and up to twenty polls. */
  payments: { times: 6, seconds: 600 },
  /** Discount codes. Whoever guesses them gets nowhere. */
  codes: { times: 1, seconds: 600 },
  /** A merchant's people, often several behind one address. */
  merchant: { times: 30, seconds: 10 },
  /** Attempts to sign in. Each account is counted besides: http/accounts/attempts.ts. */
  signIns: { times: 0.5, seconds: 900 },
  /** Mails that somebody who is not signed in may cause, by address. */
  accountMails: { times: 0.5, seconds: 900 },
  invitations: { times: 3, seconds: 3600 },
  /** Deliveries with a wrong signature. */
  forgeries: { times: 3, seconds: 60 },
} as const;

/** What an operation counts as. `payments` and `codes` count as changes too. */
export type OperationLimit = keyof typeof rates | "none";

/** One sentence for the OpenAPI document. */
export function limitWords(limit: OperationLimit, changesAllowed: number): string {
  switch (limit) {
    case "none":
      return "There is no limit.";
    case "reads":
      return `One address may ask ${often("reads")}, all reads together.`;
    case "changes":
      return `One address may ask ${often("changes")}, all changes together.`;
    case "payments":
      return `One address may ask ${often("changes")}, all changes together, and ${often("payments")} for a payment page.`;
    case "codes":
      return `One address may ask ${often("changes")}, all changes together, and try ${often("codes")} to use a discount code.`;
    case "merchant":
      return `One address may ask ${often("merchant")}, all requests of merchants together.`;
    case "signIns":
      return `One address may try ${often("signIns")}, and one account as often from all addresses together.`;
    case "accountMails":
      return `One address may ask ${often("accountMails")}, and for one account as often from all addresses together.`;
    case "invitations":
      return `One address may invite ${often("invitations")}.`;
    case "forgeries":
      return `An address that sends a wrong signature ${often("forgeries")} is refused for a while.`;
    default:
      return limit satisfies never;
  }
  function often(rate: keyof typeof rates): string {
    return `${Math.ceil(rates[rate].times * changesAllowed)} times in ${rates[rate].seconds} seconds`;
  }
}
