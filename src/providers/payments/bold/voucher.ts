import { z } from "zod";
import type { ChargeFact, KnownPayment } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { failureOfReply } from "#platform/outbound.ts";
import { placesOf } from "#providers/json-api.ts";
import { askBold, type BoldApi, failure, pesos, unwrapped } from "./api.ts";

/** https://developers.bold.co/pagos-en-linea/api-de-pagos-en-linea/integracion */
const voucherShape = z.object({
  payment_status: z.string().min(1).max(64),
  transaction_id: z.string().min(1).max(255).nullish(),
  total: pesos.nullish(),
  subtotal: pesos.nullish(),
  payment_method: z.string().max(64).nullish().catch(null),
});

const states: Record<string, ChargeState> = {
  APPROVED: "approved",
  PROCESSING: "pending",
  PENDING: "pending",
  REJECTED: "declined",
  FAILED: "error",
  VOIDED: "voided",
};

/** Returns null if nobody has tried to pay yet. Throws ProviderFailure. */
export async function readVoucher(api: BoldApi, { reference, currency }: KnownPayment): Promise<ChargeFact | null> {
  const reply = await askBold(api, { url: `${api.lookupUrl}/v2/payment-voucher/${encodeURIComponent(reference)}` });
  if (reply.status !== 200) throw failureOfReply({ provider: "bold", reply, asked: "the voucher" });
  const parsed = voucherShape.safeParse(unwrapped(reply));
  if (!parsed.success) throw failure("unexpected_reply", `the voucher is not as documented: ${placesOf(parsed.error)}`);
  const { payment_status: word, transaction_id: id, total, subtotal } = parsed.data;
  if (word === "NO_TRANSACTION_FOUND") return null;
  if (!id || total === null || total === undefined) throw failure("unexpected_reply", "the voucher names no transaction or amount");
  return {
    providerChargeId: id,
    reference,
    state: Object.hasOwn(states, word) ? (states[word] ?? "pending") : "pending",
    providerStatus: word,
    ...withoutTip(total, subtotal),
    // The voucher tells none.
    currency,
    method: parsed.data.payment_method ?? null,
    finalizedAt: null,
  };
}

/** Our links carry no taxes, so that nothing but a tip can lie between the two. */
export function withoutTip(total: number, subtotal: number | null | undefined) {
  const tipMinor = total - (subtotal ?? total);
  return tipMinor > 0 ? { amountMinor: total - tipMinor, tipMinor } : { amountMinor: total };
}
