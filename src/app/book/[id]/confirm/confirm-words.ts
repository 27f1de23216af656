import type { BookingState } from "#contracts/checkout.ts";
import type { ConfirmView } from "./confirm-view.ts";

/** Other words for a booking that costs nothing, for each view that it can reach. */
const wordsIfFree: Partial<Record<ConfirmView, "free.confirming" | "free.late" | "free.expired">> = {
  confirming: "free.confirming",
  late: "free.late",
  expired: "free.expired",
};
/** And where the first payer wins: nothing was kept, and nothing becomes free. */
const wordsIfRace = {
  declined: "race.declined",
  mismatch: "race.mismatch",
  askingLate: "race.askingLate",
  expired: "race.expired",
  failed: "race.failed",
} as const;
const inRace: Partial<Record<ConfirmView, (typeof wordsIfRace)[keyof typeof wordsIfRace]>> = wordsIfRace;
type Words = ConfirmView | "free.confirming" | "free.late" | "free.expired" | (typeof wordsIfRace)[keyof typeof wordsIfRace];

/** Which part of the catalogue says it. */
export function wordsFor(view: ConfirmView, state: BookingState): Words {
  if (state.amountMinor === 0) return wordsIfFree[view] ?? view;
  return (isRace(state) && inRace[view]) || view;
}

export function isRace({ capacityPolicy }: Pick<BookingState, "capacityPolicy">): boolean {
  return capacityPolicy === "first_payer_wins";
}
