import { z } from "zod";
import type { RefundAnswer, RefundRequest } from "#domain/payment-provider.ts";
import type { ServiceReply } from "#platform/outbound.ts";
import { ask, read } from "#providers/json-api.ts";
import { toWire } from "./amounts.ts";
import { type Api, failed, findCharge, scrub } from "./api.ts";
import { refundStateOf } from "./payment.ts";

/**
 * Sends back all or a part. A repeat with the same key is the same refund, so nothing is asked
 * before. https://mercadopago.com.pe/developers/es/reference/chargebacks/_payments_id_refunds/post
 */
export async function refund(api: Api, request: RefundRequest): Promise<RefundAnswer> {
  const { providerChargeId: id, amountMinor, currency, idempotencyKey } = request;
  if (request.method === "void") return refusedAs("void", "there_are_only_refunds");
  if (!/^\d{1,20}$/.test(id)) return refusedAs("404", "charge_unknown");
  const keyed = { ...api, headers: { "x-idempotency-key": idempotencyKey } };
  const reply = await ask(keyed, "POST", `/v1/payments/${id}/refunds`, { amount: toWire(amountMinor, currency) });
  if (reply.status === 200 || reply.status === 201) return readRefund(reply);
  if (reply.status !== 400 && reply.status !== 404) throw failed(reply, "the refund");
  return explain(api, request, reply);
}

const refundShape = z.object({ id: z.union([z.int(), z.string().min(1).max(255)]).transform(String), status: z.string().min(1).max(64) });

function readRefund(reply: ServiceReply): RefundAnswer {
  const { id: providerRefundId, status: providerStatus } = read("mercadopago", refundShape, reply);
  const state = refundStateOf(providerStatus);
  return { result: state === "failed" ? "refused" : "accepted", providerRefundId, providerStatus, detail: null, isFinal: state === "done" };
}

const refusedAs = (providerStatus: string, detail: string): RefundAnswer => ({
  result: "refused",
  providerRefundId: null,
  providerStatus,
  detail,
});

/**
 * Codes of its documents, and two that only its older list of errors has (2030 and 2031):
 * https://github.com/mercadopago/devsite-docs reference/api-reference/errors
 */
const reasons: Readonly<Record<string, string>> = {
  "2000": "charge_unknown",
  "2022": "too_many_parts",
  "2024": "too_old",
  "2030": "short_of_balance",
  "2031": "short_of_balance",
  "2063": "charge_not_approved",
  "3024": "no_parts_of_this_method",
  "15016": "too_old",
};
const errorShape = z.object({
  message: z.string().nullish(),
  cause: z.array(z.object({ code: z.coerce.string() })).nullish(),
});

async function explain(api: Api, request: RefundRequest, reply: ServiceReply): Promise<RefundAnswer> {
  const { data } = errorShape.safeParse(jsonOf(reply));
  const known = data?.cause?.map(({ code }) => reasons[code]).find((reason) => reason !== undefined);
  const reason = known ?? (reply.status === 404 ? "charge_unknown" : null);
  if (reason === "charge_not_approved") return (await alreadyBack(api, request)) ?? refusedAs(String(reply.status), reason);
  // The merchant must top up the account first: what else is tried would be refused as well.
  if (reason === "short_of_balance") return refusedAs(reason, reason);
  return refusedAs(String(reply.status), reason ?? scrub(data?.message ?? reply.text).slice(0, 300));
}

/** The whole money is back already: by a call whose answer was lost, or from the panel. */
async function alreadyBack(api: Api, { providerChargeId, amountMinor }: RefundRequest): Promise<RefundAnswer | null> {
  const charge = await findCharge(api, providerChargeId);
  if (charge?.state !== "refunded" || charge.amountMinor !== amountMinor) return null;
  const [last] = charge.refunds?.toReversed() ?? [];
  return {
    result: "accepted",
    providerRefundId: last?.providerRefundId ?? null,
    providerStatus: charge.providerStatus,
    detail: null,
    isFinal: true,
  };
}

function jsonOf(reply: ServiceReply): unknown {
  try {
    return JSON.parse(reply.text);
  } catch {
    return null;
  }
}
