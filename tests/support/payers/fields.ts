import type { ApiHabits, Outcome, PaymentHabits, TellingHabits } from "./payer.ts";

/** Our words as the fields and knobs of a simulated provider: see simulators/README.md. */
export type Fields = Record<string, string | number>;

/** The buttons of a hosted page. A provider whose page has others says which. */
export const pageOutcomes: Record<Outcome, string> = {
  approve: "approve",
  approve_without_return: "close",
  decline: "decline",
  decline_and_stay: "decline_then_retry",
  error: "error",
  pending: "pending",
  leave_unpaid: "abandon",
};

export const momentOf = (tells: TellingHabits["tells"]): string | undefined =>
  tells && { before_return: "before", after_return: "after", never: "never" }[tells];

/** When, how often and how late an event goes out. */
export const eventMoments = ({ tells, copies, delaySeconds }: TellingHabits): Fields =>
  given({ event: momentOf(tells), eventCopies: copies, eventDelaySeconds: delaySeconds });

/** Of a provider that signs every byte: a signature that leaves the state out is none of its. */
export function wholeEventFields(habits: TellingHabits, amountOf: (amountMinor?: number) => number | undefined): Fields {
  const { signature, unsigned, says } = habits;
  return {
    ...eventMoments(habits),
    ...given({
      signature: signature ?? (unsigned === "state" ? "wrong" : undefined),
      eventReference: says?.reference,
      eventCurrency: says?.currency,
      eventAmount: amountOf(says?.amountMinor),
    }),
  };
}

/** A knob that a simulator does not have is passed over by it. */
export const apiFields = ({ fails, slowMs, garbledRows, rowsPerPage }: ApiHabits): Fields =>
  given({
    apiStatus: fails?.status,
    apiFailures: fails?.times,
    apiDelayMs: slowMs,
    apiBadRows: garbledRows,
    apiPageRows: rowsPerPage,
  });

export const approvalFields = ({ approvals, afterEnd }: PaymentHabits): Fields =>
  given({ approvals, expiredApprovals: afterEnd ? "allowed" : undefined });

export const pesos = (minor: number | undefined): number | undefined => (minor === undefined ? undefined : minor / 100);

export function given(fields: Record<string, string | number | undefined>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined));
}
