import { z } from "zod";
import type { ChargeFact, PayoutFact, RefundFact } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { fromWire } from "./amounts.ts";

const id = z.union([z.int(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const word = z.string().min(1).max(64);
/** What cannot be read counts as not said. The money's state hangs on none of it. */
const optional = <S extends z.ZodType>(shape: S) => shape.nullish().catch(null);

const refundShape = z.object({ id, amount: z.number().min(0), status: word, date_created: optional(z.string().max(64)) });

/** https://www.mercadopago.com.co/developers/en/reference/payments/_payments_id/get */
export const paymentShape = z
  .object({
    id,
    status: word,
    status_detail: optional(word),
    external_reference: optional(z.string().max(255)),
    transaction_amount: z.number().min(0),
    currency_id: z.string().regex(/^[A-Z]{3}$/),
    payment_method_id: optional(word),
    date_created: optional(z.string().max(64)),
    date_approved: optional(z.string().max(64)),
    date_last_updated: optional(z.string().max(64)),
    money_release_date: optional(z.string().max(64)),
    live_mode: optional(z.boolean()),
    collector_id: optional(id),
    transaction_details: optional(z.object({ net_received_amount: optional(z.number()) })),
    fee_details: optional(z.array(z.object({ amount: z.number(), fee_payer: optional(word) }))),
    refunds: optional(z.array(refundShape)),
  })
  .refine(({ transaction_amount: amount, currency_id: currency }) => fromWire(amount, currency) !== null, { path: ["transaction_amount"] });
export type Payment = z.output<typeof paymentShape>;

/** Passes a foreign currency on, for settle to call a mismatch. */
export function factOf(payment: Payment, own: { account: string; isLive: boolean }): ChargeFact {
  const state = stateOf(payment);
  const { currency_id: currency, collector_id: collector, status_detail: detail } = payment;
  const refunds = refundsOf(payment);
  const foreign = collector && collector !== own.account ? "account" : own.isLive && payment.live_mode === false ? "environment" : null;
  return {
    providerChargeId: payment.id,
    reference: payment.external_reference || payment.id,
    state,
    providerStatus: detail ? `${payment.status}/${detail}` : payment.status,
    amountMinor: fromWire(payment.transaction_amount, currency) ?? 0,
    currency,
    method: payment.payment_method_id ?? null,
    finalizedAt: state === "pending" ? null : (dateOf(payment.date_approved) ?? dateOf(payment.date_last_updated)),
    ...(refunds && { refunds }),
    payout: payoutOf(payment),
    // Payments of a test account may carry live_mode true, so only the opposite tells something:
    // https://github.com/mercadopago/sdk-java/issues/420
    ...(foreign && { foreign }),
  };
}

/**
 * An unknown word means "still pending": never money, never a failure.
 * https://www.mercadopago.com.pe/developers/en/docs/checkout-api/response-handling/query-results
 */
export function stateOf({ status, status_detail: detail }: Pick<Payment, "status" | "status_detail">): ChargeState {
  const byDetail = Object.hasOwn(statesByDetail, `${status}/${detail}`) ? statesByDetail[`${status}/${detail}`] : undefined;
  return byDetail ?? (Object.hasOwn(states, status) ? states[status] : undefined) ?? "pending";
}

const states: Readonly<Record<string, ChargeState>> = {
  pending: "pending",
  in_process: "pending",
  // Only reserved: nobody has the money yet.
  authorized: "pending",
  approved: "approved",
  in_mediation: "disputed",
  rejected: "declined",
  cancelled: "cancelled",
  // One page of the documents writes it with one l.
  canceled: "cancelled",
  refunded: "refunded",
  charged_back: "disputed",
};

const statesByDetail: Readonly<Record<string, ChargeState>> = {
  "approved/partially_refunded": "partly_refunded",
  "rejected/bank_error": "error",
  "cancelled/expired": "expired",
  "canceled/expired": "expired",
  "charged_back/in_process": "disputed",
  "charged_back/settled": "charged_back",
  // The bank decided for the merchant: the money is here again.
  "charged_back/reimbursed": "approved",
};

const refundStates: Readonly<Record<string, RefundFact["state"]>> = {
  approved: "done",
  in_process: "pending",
  authorized: "pending",
  rejected: "failed",
  cancelled: "failed",
  canceled: "failed",
};
export const refundStateOf = (status: string): RefundFact["state"] =>
  (Object.hasOwn(refundStates, status) ? refundStates[status] : undefined) ?? "pending";

/** A refund keeps no key of ours: only the answer to our call tells which one is ours. */
function refundsOf({ refunds, currency_id: currency }: Payment): RefundFact[] | null {
  if (!refunds) return null;
  const read = refunds.flatMap(({ id: providerRefundId, amount, status, date_created: at }): RefundFact[] => {
    const amountMinor = fromWire(amount, currency);
    if (amountMinor === null) return [];
    return [{ providerRefundId, amountMinor, state: refundStateOf(status), providerStatus: status, at: dateOf(at), idempotencyKey: null }];
  });
  return read.length === refunds.length ? read : null;
}

/** Only fees that the merchant pays. What arrives is also less by taxes that the country keeps. */
function payoutOf({
  fee_details: fees,
  transaction_details: details,
  money_release_date: arrives,
  currency_id: currency,
}: Payment): PayoutFact {
  const paid = fees?.filter(({ fee_payer: payer }) => payer !== "payer").reduce((total, { amount }) => total + amount, 0);
  const net = details?.net_received_amount;
  return {
    feeMinor: typeof paid === "number" ? fromWire(roundOff(paid), currency) : null,
    netMinor: typeof net === "number" ? fromWire(net, currency) : null,
    arrivesAt: dateOf(arrives),
  };
}

/** A sum of decimals is not always one: 0.1 + 0.2. */
const roundOff = (amount: number): number => Number(amount.toFixed(4));

export function dateOf(text: string | null | undefined): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
