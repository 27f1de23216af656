import type { ChargeFact, KnownPayment } from "#domain/payment-provider.ts";
import { hasBeenApproved } from "#domain/payment-states.ts";
import { ask } from "#providers/json-api.ts";
import { type Api, failed, failure, findCharge, findCharges } from "./api.ts";
import { expirePreference } from "./preference.ts";

/**
 * Expires the page first, so that nothing new begins, and then cancels what was begun: only a
 * cancelled payment can never be approved. A ticket's own end does not hold, because it can be
 * printed again:
 * https://github.com/mercadopago/devsite-docs guides/manage-account/cancellations-and-refunds.es.md
 */
export async function close(api: Api, payment: KnownPayment): Promise<"closed" | "already_paid"> {
  if (payment.providerPaymentId !== null) await expirePreference(api, payment.providerPaymentId);
  const { charges, unreadable } = await findCharges(api, payment.reference);
  if (charges.some(({ state }) => hasBeenApproved(state))) return "already_paid";
  if (unreadable.length > 0) throw failure("unexpected_reply", "a payment cannot be read, so it cannot be cancelled");
  for (const charge of charges) if (charge.state === "pending" && (await cancel(api, charge)) === "already_paid") return "already_paid";
  return "closed";
}

async function cancel(api: Api, { providerChargeId }: ChargeFact): Promise<"closed" | "already_paid"> {
  const reply = await ask(api, "PUT", `/v1/payments/${providerChargeId}`, { status: "cancelled" });
  // 400: the payment has left the states that can be cancelled. The payment itself says for which.
  if (reply.status !== 200 && reply.status !== 400) throw failed(reply, "cancelling the payment");
  const now = await findCharge(api, providerChargeId);
  if (now && hasBeenApproved(now.state)) return "already_paid";
  if (now && now.state !== "pending") return "closed";
  // In a word that nobody knows, it may still become money: it is settled, and asked about again.
  if (now && reply.status === 400) return "already_paid";
  throw failure("unreachable", `the payment is still ${now?.providerStatus ?? "unknown"} after it was cancelled`);
}
