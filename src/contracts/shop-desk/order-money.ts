import { z } from "zod";
import { deskBooking } from "../desk/booking.ts";

const minor = z.int().min(0);
const { payments, refundCases, outsideRefunds, disputes, reversalAnswer, withdrawal } = deskBooking.shape;

/** The money of an order, as a booking's page has it. */
export const cashDesk = {
  money: z.object({
    /** What the merchant was paid and no bank has taken back. */
    paidMinor: minor,
    /** Gone, or on its way back. */
    sentBackMinor: minor,
    /** Of it, not gone yet. */
    underWayMinor: minor,
    /** What may still be sent back. */
    leftMinor: minor,
    /** Of it, what was paid for the delivery. */
    shippingLeftMinor: minor,
    /** Refunds of pieces are multiples of it, but for the last piece. */
    stepMinor: z.int().min(1),
  }),
  /** Null for who may not see payments. */
  payments,
  refundCases,
  /** Which pieces a refund case is for. What else is in it was paid for the delivery. */
  refundedLines: z.array(
    z.object({ refundCaseId: z.uuid(), place: z.int(), quantity: z.int(), amountMinor: minor, isStockBack: z.boolean() }),
  ),
  outsideRefunds,
  disputes,
  /** The provider sends none of this money while a dispute stands. */
  isBlockedByDispute: z.boolean(),
  /** Money of it went back outside: whether it stands, `open` until somebody says. */
  reversalAnswer,
  /** Days of the merchant's zone. `until`: the law's last day; null if none is known, or begun. */
  withdrawal: withdrawal.extend({ beginsLater: z.boolean().describe("The law's days begin when the customer has the order.") }),
};
