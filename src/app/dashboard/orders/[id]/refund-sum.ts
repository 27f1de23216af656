import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { refundOfLine } from "#contracts/shop-desk/refund-sums.ts";

/** The same sum as the server's: of the pieces, with the delivery, and never more than is left. */
export function refundSum(order: DeskOrder, { pieces, shipping }: { pieces: Readonly<Record<number, number>>; shipping: boolean }): number {
  const { money, lines } = order;
  const ofLines = lines.map((line) => refundOfLine(line, pieces[line.place] ?? 0, line.refunded, money.stepMinor));
  const sum = ofLines.reduce((total, amountMinor) => total + amountMinor, shipping ? money.shippingLeftMinor : 0);
  return Math.min(sum, money.leftMinor);
}
