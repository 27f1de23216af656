import { apiFields, approvalFields, eventMoments, type Fields, given, pageOutcomes, pesos } from "./fields.ts";
import type { ChargeHabits, Decision, NewCharge, OtherMoney, PayMethod, PaymentHabits, TellingHabits } from "./payer.ts";

export const outcomeFields = { ...pageOutcomes, error: "fail" };
const methods: Record<PayMethod, string> = { card: "CARD_WEB", wallet: "NEQUI", bank_transfer: "PSE" };
export const decisionFields: Record<Decision, string> = { approved: "APPROVED", declined: "REJECTED", voided: "VOIDED" };
const states: Record<NonNullable<NewCharge["state"]>, string> = { approved: "APPROVED", declined: "REJECTED", pending: "PENDING" };

/** A signature that leaves the state out is none of Bold's: it is always over all bytes. */
export function tellingFields(habits: TellingHabits): Fields {
  const { signature, unsigned, says } = habits;
  return {
    ...eventMoments(habits),
    ...given({
      signature: signature ?? (unsigned === "state" ? "wrong" : undefined),
      eventReference: says?.reference,
      eventCurrency: says?.currency,
      eventAmount: pesos(says?.amountMinor),
    }),
  };
}

export function moneyFields({ amountMinor, currency }: OtherMoney): Fields {
  return given({ amount: pesos(amountMinor), currency });
}

export function chargeHabitFields({ inUnknownWord, lagReads }: ChargeHabits): Fields {
  return given({ unknownStatus: inUnknownWord ? "IN_REVIEW" : undefined, apiLag: lagReads });
}

export function paymentFields(habits: PaymentHabits): Fields {
  const { method = "card" } = habits;
  return {
    ...tellingFields(habits),
    ...apiFields(habits),
    ...chargeHabitFields(habits),
    ...moneyFields(habits),
    ...approvalFields(habits),
    method: methods[method],
  };
}

export function newChargeFields({ id, reference, amountMinor, currency, state }: NewCharge): Fields {
  return given({ id, reference, amount: pesos(amountMinor), currency, status: state && states[state] });
}
