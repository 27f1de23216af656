import { amountAs, type CallbackBody, callbackPaymentState } from "#domain/callback-body.ts";
import { checkoutPaymentStatuses } from "#domain/checkout-states.ts";
import { keepsPurchase } from "#domain/refund-policy.ts";
import { inTenant } from "#platform/db.ts";
import type { ChargeRow, CheckoutRow, PaymentRow, RefundCaseRow } from "#platform/rows.ts";
import { unsignedBody } from "#providers/callbacks/sign.ts";
import type { CheckoutForWork } from "#queries/checkout-for-work.ts";
import { kindOf } from "../checkouts/kinds.ts";
import type { FollowUp } from "../follow-ups/run-follow-up.ts";

/**
 * The text of this callback without its signature: as it was made once, or made now under the
 * checkout's lock.
 */
export async function callbackBytes(followUp: FollowUp, work: CheckoutForWork): Promise<string> {
  const { tenantId, id } = followUp;
  return inTenant(tenantId, async (tx) => {
    const kept = await tx.selectFrom("callback_message").select("body").where("id", "=", id).executeTakeFirst();
    if (kept) return kept.body;
    // Under this lock, a room that arrives now is in these bytes or sends its own callback.
    await tx.selectFrom("checkout").select("id").where("id", "=", work.checkout.id).forShare().executeTakeFirst();
    const part = await kindOf(work.checkout).callbackPart(tx, work.checkout);
    const fresh = unsignedBody(callbackBody(followUp, work, part));
    await tx
      .insertInto("callback_message")
      .values({ tenant_id: tenantId, id, body: fresh })
      .onConflict((conflict) => conflict.columns(["tenant_id", "id"]).doNothing())
      .execute();
    const { body } = await tx.selectFrom("callback_message").select("body").where("id", "=", id).executeTakeFirstOrThrow();
    return body;
  });
}

type Fact = Pick<FollowUp, "eventKind" | "sequence" | "occurredAt" | "details">;
type About = {
  checkout: Pick<CheckoutRow, Contact | "tenant_id" | "amount_minor" | "currency" | "payment_status" | "accepted_terms_at">;
  payment: Pick<PaymentRow, "provider" | "reference"> | null;
  charge: Pick<ChargeRow, "amount_minor" | "currency"> | null;
  refundCase: Pick<RefundCaseRow, "reason" | "state" | "number" | "amount_minor" | "currency"> | null;
};
type Contact = "customer_name" | "customer_email" | "customer_phone";

/** `part` says what was bought. The rest is the same for every kind of checkout. */
export function callbackBody(followUp: Fact, work: About, part: Record<string, unknown>): CallbackBody {
  const { checkout, payment, charge, refundCase } = work;
  const paid = charge ?? checkout;
  return {
    evento: followUp.eventKind,
    secuencia: followUp.sequence ?? 1,
    tenant_id: checkout.tenant_id,
    ...part,
    usuario: {
      nombre: checkout.customer_name,
      email: checkout.customer_email,
      telefono: checkout.customer_phone,
      acepto_terminos: checkout.accepted_terms_at !== null,
    },
    pago: {
      proveedor: payment?.provider ?? "",
      estado: callbackPaymentState(followUp.eventKind, moneyThen(followUp, work)),
      referencia: payment?.reference ?? "",
      ...amountAs("monto", paid.amount_minor, paid.currency),
      moneda: paid.currency,
    },
    ...(refundCase
      ? {
          reembolso: {
            motivo: refundCase.reason,
            estado: refundCase.state,
            numero: refundCase.number,
            compra: keepsPurchase(refundCase.reason) ? "en_pie" : "cancelada",
            ...amountAs("monto", refundCase.amount_minor, refundCase.currency),
          },
        }
      : {}),
    seguridad: { timestamp: followUp.occurredAt.toISOString(), firma_hmac: "" },
  };
}

/** As the event tells it, because a late callback must not tell the next fact. */
function moneyThen({ details }: Fact, { checkout }: About) {
  return checkoutPaymentStatuses.find((status) => status === details["paymentStatus"]) ?? checkout.payment_status;
}
