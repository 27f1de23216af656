import type { BookingState } from "#contracts/checkout.ts";
import type { ConfirmView } from "./confirm-view.ts";

/** Other words for a booking that costs nothing, for each view that it can reach. */
const wordsIfFree: Partial<Record<ConfirmView, "free.confirming" | "free.late" | "free.expired">> = {
  confirming: "free.confirming",
  late: "free.late",
  expired: "free.expired",
};
type Words = ConfirmView | "free.confirming" | "free.late" | "free.expired";

/** Which part of the catalogue says it. */
export function wordsFor(view: ConfirmView, state: BookingState): Words {
  return (state.amountMinor === 0 && wordsIfFree[view]) || view;
}
