import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import type { OrderView } from "./order-view.ts";

/** Other words for an order that costs nothing, for each view that it can reach. */
const wordsIfFree = { confirming: "free.confirming", late: "free.late", expired: "free.expired" } as const;
const ifFree: Partial<Record<OrderView, (typeof wordsIfFree)[keyof typeof wordsIfFree]>> = wordsIfFree;

/** Which part of the catalogue says it. */
export function wordsFor(view: OrderView, state: OrderSessionState) {
  return (state.totalMinor === 0 && ifFree[view]) || view;
}
