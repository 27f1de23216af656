import { apiFields, type Fields, given, wholeEventFields } from "./fields.ts";
import type { ChargeHabits, Decision, NewCharge, OtherMoney, PaymentHabits, TellingHabits } from "./payer.ts";

export const decisionFields: Record<Exclude<Decision, "voided">, string> = { approved: "approve", declined: "decline" };
const statuses: Record<NonNullable<NewCharge["state"]>, string> = { approved: "succeeded", declined: "declined", pending: "processing" };

export const tellingFields = (habits: TellingHabits): Fields => wholeEventFields(habits, (amountMinor) => amountMinor);

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
    ...given({ payments: habits.approvals, lateExpired: habits.endsLater ? "on" : undefined }),
  };
}

export function newChargeFields({ id, reference, amountMinor, currency, state }: NewCharge): Fields {
  return given({ id, reference, amount: amountMinor, currency: currency?.toLowerCase(), status: state && statuses[state] });
}
