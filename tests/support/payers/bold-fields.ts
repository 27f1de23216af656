import type {
  ApiHabits,
  ChargeHabits,
  Decision,
  NewCharge,
  OtherMoney,
  Outcome,
  PayMethod,
  PaymentHabits,
  TellingHabits,
} from "./payer.ts";

/** Our words as the fields and knobs of the simulated Bold, which counts pesos. */
type Fields = Record<string, string | number>;

export const outcomeFields: Record<Outcome, string> = {
  approve: "approve",
  approve_without_return: "close",
  decline: "decline",
  decline_and_stay: "decline_then_retry",
  error: "fail",
  pending: "pending",
  leave_unpaid: "abandon",
};
const methods: Record<PayMethod, string> = { card: "CARD_WEB", wallet: "NEQUI", bank_transfer: "PSE" };
const moments = { before_return: "before", after_return: "after", never: "never" };
export const decisionFields: Record<Decision, string> = { approved: "APPROVED", declined: "REJECTED", voided: "VOIDED" };
const states: Record<NonNullable<NewCharge["state"]>, string> = { approved: "APPROVED", declined: "REJECTED", pending: "PENDING" };

/** Bold's signature always covers everything, so nothing is left `unsigned`. */
export function tellingFields({ tells, copies, delaySeconds, signature, says }: TellingHabits): Fields {
  return given({
    event: tells && moments[tells],
    eventCopies: copies,
    eventDelaySeconds: delaySeconds,
    signature,
    eventReference: says?.reference,
    eventCurrency: says?.currency,
    eventAmount: pesos(says?.amountMinor),
  });
}

/** No more than ten notifications come in any case. */
export function apiFields({ fails, slowMs, garbledRows }: ApiHabits): Fields {
  return given({ apiStatus: fails?.status, apiFailures: fails?.times, apiDelayMs: slowMs, apiBadRows: garbledRows });
}

export function moneyFields({ amountMinor, currency }: OtherMoney): Fields {
  return given({ amount: pesos(amountMinor), currency });
}

export function chargeHabitFields({ inUnknownWord, lagReads }: ChargeHabits): Fields {
  return given({ unknownStatus: inUnknownWord ? "IN_REVIEW" : undefined, apiLag: lagReads });
}

export function paymentFields(habits: PaymentHabits): Fields {
  const { method = "card", approvals, afterEnd } = habits;
  return {
    ...tellingFields(habits),
    ...apiFields(habits),
    ...chargeHabitFields(habits),
    ...moneyFields(habits),
    ...given({ method: methods[method], approvals, expiredApprovals: afterEnd ? "allowed" : undefined }),
  };
}

export function newChargeFields({ id, reference, amountMinor, currency, state }: NewCharge): Fields {
  return given({ id, reference, amount: pesos(amountMinor), currency, status: state && states[state] });
}

const pesos = (minor: number | undefined): number | undefined => (minor === undefined ? undefined : minor / 100);

function given(fields: Record<string, string | number | undefined>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined));
}
