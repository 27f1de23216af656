import { apiFields, approvalFields, eventMoments, type Fields, given } from "./fields.ts";
import type { ChargeHabits, Decision, NewCharge, OtherMoney, PayMethod, PaymentHabits, TellingHabits } from "./payer.ts";

const methods: Record<PayMethod, string> = { card: "CARD", wallet: "NEQUI", bank_transfer: "PSE" };
const signedWithout = {
  state: "transaction.id,transaction.amount_in_cents",
  amount: "transaction.id,transaction.status,transaction.currency",
};
export const decisionFields: Record<Decision, string> = { approved: "APPROVED", declined: "DECLINED", voided: "VOIDED" };
const states: Record<NonNullable<NewCharge["state"]>, string> = { ...decisionFields, pending: "PENDING" };

export function tellingFields(habits: TellingHabits): Fields {
  const { signature, unsigned, says } = habits;
  return {
    ...eventMoments(habits),
    ...given({
      checksum: signature,
      eventProperties: unsigned && signedWithout[unsigned],
      eventReference: says?.reference,
      eventCurrency: says?.currency,
      eventAmountInCents: says?.amountMinor,
    }),
  };
}

export function moneyFields({ amountMinor, currency }: OtherMoney): Fields {
  return given({ amountInCents: amountMinor, currency });
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
  return given({ id, reference, amountInCents: amountMinor, currency, status: state && states[state] });
}
