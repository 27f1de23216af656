import type { RefundAnswer, RefundRequest } from "#domain/payment-provider.ts";
import { failureOfReply } from "#platform/outbound.ts";
import { type AddiApi, amountText, codeOf, newToken, post, scrub } from "./api.ts";

/**
 * Cancels the whole application. There is no idempotency key and no look-up: an answer that is lost
 * stays unknown, and a person asks Addi.
 */
export async function cancelApplication(api: AddiApi, request: RefundRequest): Promise<RefundAnswer> {
  const { payment, amountMinor, method } = request;
  if (method !== "refund") return refusedAs("", "only_cancellations");
  if (!payment) return refusedAs("", "order_unknown");
  const token = await newToken(api);
  const body = { orderId: payment.reference, amount: amountText(amountMinor) };
  const reply = await post(api, "/v1/online-applications/cancellations", { token, body });
  if (reply.status === 201 || reply.status === 200)
    return { result: "accepted", providerRefundId: null, providerStatus: String(reply.status), detail: null, isFinal: true };
  if ([400, 404, 409, 422].includes(reply.status)) return refusedAs(codeOf(reply) ?? String(reply.status), scrub(reply.text).slice(0, 300));
  throw failureOfReply({ provider: "addi", reply, asked: "the cancellation" });
}

const refusedAs = (providerStatus: string, detail: string): RefundAnswer => ({
  result: "refused",
  providerRefundId: null,
  providerStatus,
  detail,
});
