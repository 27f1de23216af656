export const checkoutStatuses = ["pending", "paid", "confirmed", "failed", "expired", "cancelled"] as const;
export type CheckoutStatus = (typeof checkoutStatuses)[number];

export const checkoutPaymentStatuses = [
  "pending",
  "failed",
  "paid",
  "refunding",
  "refunded",
  "partly_refunded",
  "disputed",
  "charged_back",
] as const;
export type CheckoutPaymentStatus = (typeof checkoutPaymentStatuses)[number];

/** The merchant's answer after the money went back outside. `open` means not answered yet. */
export type ReversalAnswer = "open" | "keep" | "cancel";

/** Whether the customer came. A person says so afterwards. */
export const attendances = ["completed", "no_show"] as const;
export type Attendance = (typeof attendances)[number];

/** What may follow what. `expired → paid` and `failed → paid`: late money, capacity still free. */
export const checkoutMoves: Record<CheckoutStatus, readonly CheckoutStatus[]> = {
  pending: ["paid", "failed", "expired", "cancelled"],
  expired: ["paid", "cancelled"],
  failed: ["paid", "cancelled"],
  paid: ["confirmed", "cancelled"],
  confirmed: ["cancelled"],
  cancelled: [],
};

export function mayCheckoutMove(from: CheckoutStatus, to: CheckoutStatus): boolean {
  return checkoutMoves[from].includes(to);
}

/** The money is in and the capacity is the customer's. */
export function isPaid(status: CheckoutStatus): boolean {
  return paidStatuses.includes(status);
}
export const paidStatuses: readonly CheckoutStatus[] = ["paid", "confirmed"];

/** `failed` if the customer tried to pay, else `expired`. */
export function statusAfterHold(input: { triedToPay: boolean }): "failed" | "expired" {
  return input.triedToPay ? "failed" : "expired";
}

/** `confirmed` means that the kind is ready and the merchant's server has acknowledged. */
export function isPromiseKept(input: { isReady: boolean; hasCallback: boolean; callbackAcknowledged: boolean }): boolean {
  return input.isReady && (!input.hasCallback || input.callbackAcknowledged);
}
