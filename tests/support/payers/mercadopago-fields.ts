import { decimalsOf } from "#domain/money.ts";
import { apiFields, approvalFields, type Fields, given, momentOf } from "./fields.ts";
import type { ChargeHabits, Decision, NewCharge, OtherMoney, Outcome, PayMethod, PaymentHabits, TellingHabits } from "./payer.ts";

const methods: Record<PayMethod, string> = { card: "card", wallet: "wallet", bank_transfer: "pse" };
const leaving: Partial<Record<Outcome, string>> = {
  approve_without_return: "gone",
  decline_and_stay: "stay",
  leave_unpaid: "without_paying",
};

/** A card's holder or a bank decides at once; whatever waits, waits for a bank. */
export function outcomeFields(outcome: Outcome, method: PayMethod = "card"): Fields {
  const leave = { leave: leaving[outcome] ?? "return" };
  if (outcome === "pending") return { ...leave, method: "pse", bank: "later" };
  if (outcome === "error") return { ...leave, method: "pse", bank: "refuses" };
  const isApproved = outcome === "approve" || outcome === "approve_without_return";
  if (method === "bank_transfer") return { ...leave, method: "pse", bank: isApproved ? "approves" : "refuses" };
  return { ...leave, method: isApproved ? methods[method] : "card", holder: isApproved ? "APRO" : "OTHE" };
}

/** What a body says is never signed here, and the status is never told: two habits have no knob. */
export function tellingFields({ tells, copies, delaySeconds, signature }: TellingHabits): Fields {
  return given({ notice: momentOf(tells), noticeCopies: copies, noticeDelaySeconds: delaySeconds, signature });
}

/** The simulator counts in pesos with decimals, as the service does. */
export function moneyFields({ amountMinor, currency }: OtherMoney): Fields {
  return given({ amount: amountMinor === undefined ? undefined : toMajor(amountMinor, currency), currency });
}

export function chargeHabitFields({ inUnknownWord, lagReads }: ChargeHabits): Fields {
  return given({ unknownStatus: inUnknownWord ? "frozen_by_moon" : undefined, apiLag: lagReads });
}

export function paymentFields(habits: PaymentHabits): Fields {
  return {
    ...tellingFields(habits),
    ...apiFields(habits),
    ...chargeHabitFields(habits),
    ...moneyFields(habits),
    ...approvalFields(habits),
  };
}

export const decisionFields: Record<Exclude<Decision, "voided">, string> = { approved: "approved", declined: "rejected" };
const states: Record<NonNullable<NewCharge["state"]>, string> = { ...decisionFields, pending: "pending" };

export function newChargeFields({ id, reference, amountMinor, currency = "COP", state }: NewCharge): Fields {
  return given({ id, reference, amount: toMajor(amountMinor, currency), currency, status: state && states[state] });
}

export const toMajor = (amountMinor: number, currency = "COP"): number => amountMinor / 10 ** decimalsOf(currency);
export const toMinor = (amount: number, currency: string): number => Math.round(amount * 10 ** decimalsOf(currency));
