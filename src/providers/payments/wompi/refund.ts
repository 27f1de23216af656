import { z } from "zod";
import type { RefundAnswer, RefundRequest } from "#domain/payment-provider.ts";
import { failureOfReply, type ServiceReply } from "#platform/outbound.ts";
import { ask, type JsonApi, read } from "#providers/json-api.ts";
import { findCharge, scrub } from "./api.ts";

/**
 * Voids a card charge of the same day, or uses Refunds V2, which not every merchant has. Reads the
 * charge first, so that a repeated void is one void.
 */
export async function refund(api: JsonApi, request: RefundRequest): Promise<RefundAnswer> {
  const charge = await findCharge(api, request.providerChargeId);
  if (!charge) return refusedAs("NOT_FOUND", "charge_unknown");
  const refused = (detail: string) => refusedAs(charge.providerStatus, detail);
  // An earlier call's answer was lost. The money is on its way.
  if (charge.state === "voided")
    return { result: "accepted", providerRefundId: null, providerStatus: charge.providerStatus, detail: null, isFinal: true };
  if (charge.state !== "approved") return refused("charge_not_approved");
  if (charge.amountMinor !== request.amountMinor || charge.currency !== request.currency) return refused("only_whole_refunds");
  if (request.method === "void" && charge.method !== "CARD") return refused("only_cards_can_be_voided");
  if (request.method === "void")
    return readRefund(await ask(api, "POST", `/transactions/${encodeURIComponent(charge.providerChargeId)}/void`, {}), "the void");
  const body = { transaction_id: request.providerChargeId, amount_in_cents: request.amountMinor, reference: request.idempotencyKey };
  return readRefund(await ask(api, "POST", "/refunds", body), "the refund");
}

const refusedAs = (providerStatus: string, detail: string): RefundAnswer => ({
  result: "refused",
  providerRefundId: null,
  providerStatus,
  detail,
});

/** A void is no refund and has no refund id. */
const refundReply = z.object({
  data: z.object({
    v2_refund_id: z.string().min(1).max(255).nullish().catch(null),
    status: z.string().max(64),
    status_message: z.string().nullish(),
    transaction: z.object({ status: z.string() }).nullish(),
  }),
});

function readRefund(reply: ServiceReply, asked: string): RefundAnswer {
  // 404: not switched on for this merchant. 422: too late, or already done.
  if (reply.status === 404 || reply.status === 422) return refusedAs(String(reply.status), excerpt(reply.text));
  if (reply.status !== 200 && reply.status !== 201) throw failureOfReply({ provider: "wompi", reply, asked });
  const { v2_refund_id: providerRefundId = null, status, status_message: message, transaction } = read("wompi", refundReply, reply).data;
  const result = ["DECLINED", "ERROR", "CANCELLED"].includes(status) ? "refused" : "accepted";
  return {
    result,
    providerRefundId,
    providerStatus: transaction?.status ?? status,
    detail: message ? excerpt(message) : null,
    isFinal: status === "APPROVED",
  };
}

const excerpt = (text: string): string => scrub(text).slice(0, 300);
