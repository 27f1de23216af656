import type { SessionEnd } from "#contracts/shop-desk/order-sessions.ts";
import type { CheckoutStatus } from "../checkout-states.ts";

type Ended = {
  status: CheckoutStatus;
  /** Of the event that cancelled it: its reason, and whose doing it was. */
  reason: string | null;
  actor: string | null;
  /** Its money came when the stock had gone. */
  isSoldOut: boolean;
};

const told: Readonly<Record<string, SessionEnd>> = { replaced: "replaced", reversed: "reversed", refunded: "refunded" };

/** Why an order session is over, in one word. Null while it is active, or if its order stands. */
export function sessionEnd({ status, reason, actor, isSoldOut }: Ended): SessionEnd | null {
  switch (status) {
    case "pending":
    case "paid":
    case "confirmed":
      return null;
    case "expired":
      return "time";
    case "failed":
      return "declined";
    case "cancelled":
      if (isSoldOut) return "sold_out";
      return told[reason ?? ""] ?? (actor === "customer" ? "gave_up" : "merchant");
    default:
      return status satisfies never;
  }
}
