import type { ApiHabits, ChargeHabits, Decision, NewCharge, OtherMoney, Outcome, PaymentHabits, TellingHabits } from "./payer.ts";

/** Our words as the fields and knobs of the simulated Stripe: see simulators/README.md. */
type Fields = Record<string, string | number>;

export const outcomeFields: Record<Outcome, string> = {
  approve: "approve",
  approve_without_return: "close",
  decline: "decline",
  decline_and_stay: "decline_then_retry",
  error: "error",
  pending: "pending",
  leave_unpaid: "abandon",
};
const moments = { before_return: "before", after_return: "after", never: "never" };
export const decisionFields: Record<Exclude<Decision, "voided">, string> = { approved: "approve", declined: "decline" };
const statuses: Record<NonNullable<NewCharge["state"]>, string> = { approved: "succeeded", declined: "declined", pending: "processing" };

/** A signature that leaves the state out is none of Stripe's: it is always over all bytes. */
export function tellingFields({ tells, copies, delaySeconds, signature, unsigned, says }: TellingHabits): Fields {
  return given({
    event: tells && moments[tells],
    eventCopies: copies,
    eventDelaySeconds: delaySeconds,
    signature: signature ?? (unsigned === "state" ? "wrong" : undefined),
    eventReference: says?.reference,
    eventCurrency: says?.currency,
    eventAmount: says?.amountMinor,
  });
}

export function apiFields({ fails, slowMs, garbledRows, rowsPerPage }: ApiHabits): Fields {
  const failing = { apiStatus: fails?.status, apiFailures: fails?.times, apiDelayMs: slowMs };
  return given({ ...failing, apiBadRows: garbledRows, apiPageRows: rowsPerPage });
}

export function moneyFields({ amountMinor, currency }: OtherMoney): Fields {
  return given({ amount: amountMinor, currency: currency?.toLowerCase() });
}

export function chargeHabitFields({ inUnknownWord, lagReads }: ChargeHabits): Fields {
  return given({ unknownStatus: inUnknownWord ? "in_review" : undefined, apiLag: lagReads });
}

/** Every method is a card here. A session lives on after our end, so `afterEnd` needs no knob. */
export function paymentFields(habits: PaymentHabits): Fields {
  return {
    ...tellingFields(habits),
    ...apiFields(habits),
    ...chargeHabitFields(habits),
    ...moneyFields(habits),
    ...given({ payments: habits.approvals }),
  };
}

export function newChargeFields({ id, reference, amountMinor, currency, state }: NewCharge): Fields {
  return given({ id, reference, amount: amountMinor, currency: currency?.toLowerCase(), status: state && statuses[state] });
}

function given(fields: Record<string, string | number | undefined>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined));
}
