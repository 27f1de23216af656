import { Refusal } from "#contracts/problem.ts";
import { usualStepMinor } from "#domain/money.ts";
import { refundOfLine } from "#domain/shop/totals.ts";
import type { OrderLineRow } from "#queries/shop/sold-session.ts";
import type { LockedOrder } from "./lock-order.ts";

/** Refuses: invalid_request, if the order has no such line. */
export function lineAt({ lines }: Pick<LockedOrder, "lines">, place: number): OrderLineRow {
  const line = lines.find((one) => one.place === place);
  if (line) return line;
  throw new Refusal("invalid_request", "The order has no such line.", [{ path: "lines", message: `there is no line ${place}` }]);
}

/** What goes back for so many more pieces of it. */
export function amountOf(line: OrderLineRow, { quantity, currency }: { quantity: number; currency: string }): number {
  const sold = { quantity: line.quantity, totalMinor: line.total_minor };
  return refundOfLine(sold, quantity, line.refunded, usualStepMinor(currency));
}
