import { z } from "zod";
import type { DisputeFact } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { ask, type JsonApi } from "#providers/json-api.ts";
import { fromWire } from "./amounts.ts";
import { dateOf, type Payment } from "./payment.ts";

/** Documents are due so long after the case was opened, if it names no day itself. */
const evidenceDays = 10;

/**
 * Returns undefined where nothing is known: a mediation that has ended leaves no trace in the
 * payment. Only the cases of banks have an API:
 * https://www.mercadopago.com.ar/developers/es/reference/online-payments/checkout-pro/chargebacks/get.md
 */
export async function disputesOf(api: JsonApi, payment: Payment): Promise<DisputeFact[] | undefined> {
  if (payment.status === "in_mediation") return [mediationOf(payment)];
  if (payment.status !== "charged_back") return undefined;
  try {
    const reply = await ask(api, "GET", `/v1/chargebacks/search?payment_id=${payment.id}`);
    if (reply.status !== 200) return undefined;
    const { data } = searchShape.safeParse(reply.json());
    return data?.results.map((row) => disputeOf(payment, row));
  } catch (error) {
    // The payment itself has already said what became of the money.
    if (!(error instanceof ProviderFailure)) throw error;
    return undefined;
  }
}

/** Its examples hold numbers and truth values as text too. */
const truth = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const caseShape = z.object({
  id: z.union([z.int(), z.string().min(1).max(64)]).transform(String),
  amount: z.coerce.number().min(0).nullish().catch(null),
  reason: z.string().max(255).nullish().catch(null),
  documentation_required: truth.nullish().catch(null),
  documentation_status: z.string().max(64).nullish().catch(null),
  date_documentation_deadline: z.string().max(64).nullish().catch(null),
  date_created: z.string().max(64).nullish().catch(null),
});
const searchShape = z.object({ results: z.array(caseShape) });

function disputeOf(payment: Payment, row: z.output<typeof caseShape>): DisputeFact {
  const detail = payment.status_detail ?? "";
  const opened = dateOf(row.date_created);
  const tenDays = opened && new Date(opened.getTime() + evidenceDays * 86_400_000);
  return {
    providerDisputeId: row.id,
    kind: "dispute",
    state: detail === "settled" ? "lost" : detail === "reimbursed" ? "won" : isWaitingForUs(row) ? "needs_response" : "under_review",
    providerStatus: [payment.status, detail, row.documentation_status].filter(Boolean).join("/"),
    amountMinor: fromWire(row.amount ?? payment.transaction_amount, payment.currency_id) ?? amountOf(payment),
    feeMinor: null,
    reason: row.reason ?? null,
    evidenceDueAt: dateOf(row.date_documentation_deadline) ?? tenDays,
    // The bank has taken the money already.
    isRefundable: false,
  };
}

function isWaitingForUs({ documentation_required: isRequired, documentation_status: status }: z.output<typeof caseShape>): boolean {
  return isRequired === true && (status === "pending" || status === "not_supplied" || !status);
}

/** A buyer complained to Mercado Pago. No bank is in it, and a refund ends it. */
const mediationOf = (payment: Payment): DisputeFact => ({
  providerDisputeId: `mediation-${payment.id}`,
  kind: "inquiry",
  state: "needs_response",
  providerStatus: payment.status,
  amountMinor: amountOf(payment),
  feeMinor: null,
  reason: null,
  evidenceDueAt: null,
  isRefundable: true,
});

const amountOf = ({ transaction_amount: amount, currency_id: currency }: Payment): number => fromWire(amount, currency) ?? 0;
