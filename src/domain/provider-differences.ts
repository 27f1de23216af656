import { isSameMoney, type Money } from "./money.ts";
import type { ChargeFact } from "./payment-provider.ts";
import { type ChargeState, isMoneyHere } from "./payment-states.ts";

/** A charge as our row has it. */
export type OwnCharge = Money & { providerChargeId: string; state: ChargeState };

export type DifferenceKind =
  /** Money came, and our rows have not settled it. */
  | "approved_there"
  /** Our rows count on money that went back. */
  | "gone_there"
  /** Our rows count on money that the provider does not know. */
  | "unknown_there"
  | "other_amount"
  /** Neither has money. */
  | "other_state";
export type Difference = { kind: DifferenceKind; providerChargeId: string; there: string; here: string };

/** Compares what the provider says of charges with our rows. `asked` is the payment's money. */
export function differencesOf(input: { told: readonly ChargeFact[]; own: readonly OwnCharge[]; asked: Money | null }): Difference[] {
  const { told, own, asked } = input;
  const known = new Map(own.map((charge) => [charge.providerChargeId, charge]));
  const toldOf = new Set(told.map(({ providerChargeId }) => providerChargeId));
  const unknown = own.filter((charge) => isMoneyHere(charge.state) && !toldOf.has(charge.providerChargeId));
  return [
    ...told.flatMap((fact) => differencesOfCharge(fact, known.get(fact.providerChargeId) ?? null, asked)),
    ...unknown.map(({ providerChargeId, state }) => ({ kind: "unknown_there" as const, providerChargeId, there: "unknown", here: state })),
  ];
}

function differencesOfCharge(fact: ChargeFact, own: OwnCharge | null, asked: Money | null): Difference[] {
  const { providerChargeId, state } = fact;
  const found: Difference[] = [];
  if (state !== own?.state) found.push({ kind: kindOf(state, own?.state), providerChargeId, there: state, here: own?.state ?? "unknown" });
  const expected = own ?? asked;
  if (expected && !isSameMoney(fact, expected))
    found.push({ kind: "other_amount", providerChargeId, there: inWords(fact), here: inWords(expected) });
  return found;
}

function kindOf(there: ChargeState, here: ChargeState | undefined): DifferenceKind {
  const isHere = here !== undefined && isMoneyHere(here);
  if (isMoneyHere(there) === isHere) return "other_state";
  return isHere ? "gone_there" : "approved_there";
}

const inWords = ({ amountMinor, currency }: Money): string => `${amountMinor} ${currency} (minor units)`;
