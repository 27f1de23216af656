/** Per address, for each change that RATE_LIMIT_CHANGES allows: one knob moves all of them. */
export const rates = {
  /** Changes. */
  changes: { times: 1, seconds: 10 },
  /** Looks at options, slots, states and event streams: an open page asks every two seconds. */
  reads: { times: 6, seconds: 10 },
  /** Payment pages opened: each costs a provider's call, a timer and up to twenty questions later on. */
  payments: { times: 6, seconds: 600 },
  /** Deliveries that were not genuine. */
  forgeries: { times: 3, seconds: 60 },
} as const;

/** What an operation counts as. `payments` count as changes too. */
export type OperationLimit = keyof typeof rates | "none";

/** One sentence for the documents. */
export function limitWords(limit: OperationLimit, changesAllowed: number): string {
  switch (limit) {
    case "none":
      return "There is no limit.";
    case "reads":
      return `One address may ask ${often("reads")}, all looks together.`;
    case "changes":
      return `One address may ask ${often("changes")}, all changes together.`;
    case "payments":
      return `One address may ask ${often("changes")}, all changes together, and ${often("payments")} for a payment page.`;
    case "forgeries":
      return `An address that fails the check of the signature ${often("forgeries")} is refused for a while.`;
    default:
      return limit satisfies never;
  }
  function often(rate: keyof typeof rates): string {
    return `${rates[rate].times * changesAllowed} times in ${rates[rate].seconds} seconds`;
  }
}
