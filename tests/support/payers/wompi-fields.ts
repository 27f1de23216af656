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

/** Our words as the fields and knobs of the simulated Wompi: see simulators/README.md. */
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
const methods: Record<PayMethod, string> = { card: "CARD", wallet: "NEQUI", bank_transfer: "PSE" };
const moments = { before_return: "before", after_return: "after", never: "never" };
const signedWithout = {
  state: "transaction.id,transaction.amount_in_cents",
  amount: "transaction.id,transaction.status,transaction.currency",
};
export const decisionFields: Record<Decision, string> = { approved: "APPROVED", declined: "DECLINED", voided: "VOIDED" };
const states: Record<NonNullable<NewCharge["state"]>, string> = { ...decisionFields, pending: "PENDING" };

export function tellingFields({ tells, copies, delaySeconds, signature, unsigned, says }: TellingHabits): Fields {
  return given({
    event: tells && moments[tells],
    eventCopies: copies,
    eventDelaySeconds: delaySeconds,
    checksum: signature,
    eventProperties: unsigned && signedWithout[unsigned],
    eventReference: says?.reference,
    eventCurrency: says?.currency,
    eventAmountInCents: says?.amountMinor,
  });
}

export function apiFields({ fails, slowMs, garbledRows, rowsPerPage }: ApiHabits): Fields {
  const failing = { apiStatus: fails?.status, apiFailures: fails?.times, apiDelayMs: slowMs };
  return given({ ...failing, apiBadRows: garbledRows, apiPageRows: rowsPerPage });
}

export function moneyFields({ amountMinor, currency }: OtherMoney): Fields {
  return given({ amountInCents: amountMinor, currency });
}

export function chargeHabitFields({ inUnknownWord, lagReads }: ChargeHabits): Fields {
  return given({ unknownStatus: inUnknownWord ? "IN_REVIEW" : undefined, apiLag: lagReads });
}

export function paymentFields(habits: PaymentHabits): Fields {
  const { method = "card", amountMinor, currency, approvals, afterEnd } = habits;
  return {
    ...tellingFields(habits),
    ...apiFields(habits),
    ...chargeHabitFields(habits),
    ...given({
      method: methods[method],
      amountInCents: amountMinor,
      currency,
      approvals,
      expiredApprovals: afterEnd ? "allowed" : undefined,
    }),
  };
}

export function newChargeFields({ id, reference, amountMinor, currency, state }: NewCharge): Fields {
  return given({ id, reference, amountInCents: amountMinor, currency, status: state && states[state] });
}

function given(fields: Record<string, string | number | undefined>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined));
}
