import type { BookingStatus } from "#contracts/checkout.ts";

/** What may follow what. `expired → paid` and `failed → paid`: money that came late for a slot that is still free. */
export const bookingMoves: Record<BookingStatus, readonly BookingStatus[]> = {
  pending: ["paid", "failed", "expired", "cancelled"],
  expired: ["paid", "cancelled"],
  failed: ["paid", "cancelled"],
  paid: ["confirmed", "cancelled", "completed", "no_show"],
  confirmed: ["cancelled", "completed", "no_show"],
  cancelled: [],
  completed: [],
  no_show: ["completed"],
};

export function mayBookingMove(from: BookingStatus, to: BookingStatus): boolean {
  return bookingMoves[from].includes(to);
}

/** The slot is the customer's and the money is in. */
export function isBookingPaid(status: BookingStatus): boolean {
  return ["paid", "confirmed", "completed", "no_show"].includes(status);
}

/** When the hold ends unpaid: `failed` if the customer tried to pay, `expired` if nobody tried. */
export function statusAfterHold(input: { triedToPay: boolean }): "failed" | "expired" {
  return input.triedToPay ? "failed" : "expired";
}

/** `confirmed` means that what was promised is done. */
export function isPromiseKept(input: { online: boolean; hasRoom: boolean; hasCallback: boolean; callbackAcknowledged: boolean }): boolean {
  return (!input.online || input.hasRoom) && (!input.hasCallback || input.callbackAcknowledged);
}
