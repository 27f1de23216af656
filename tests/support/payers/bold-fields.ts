import { apiFields, approvalFields, type Fields, given, pageOutcomes, pesos, wholeEventFields } from "./fields.ts";
import type { ChargeHabits, Decision, NewCharge, OtherMoney, PayMethod, PaymentHabits, TellingHabits } from "./payer.ts";

export const outcomeFields = { ...pageOutcomes, error: "fail" };
const methods: Record<PayMethod, string> = { card: "CARD_WEB", wallet: "NEQUI", bank_transfer: "PSE" };
export const decisionFields: Record<Decision, string> = { approved: "APPROVED", declined: "REJECTED", voided: "VOIDED" };
const states: Record<NonNullable<NewCharge["state"]>, string> = { approved: "APPROVED", declined: "REJECTED", pending: "PENDING" };

export const tellingFields = (habits: TellingHabits): Fields => wholeEventFields(habits, pesos);

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
