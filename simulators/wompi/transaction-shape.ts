import { createHash } from "node:crypto";
import type { Method, WompiTransaction } from "./shapes.ts";

const cardCodes: Record<string, string> = { APPROVED: "00", VOIDED: "00", DECLINED: "12" };

/** Shapes a transaction as API and events do: the union of the fields of real deliveries. */
export function transactionShape(transaction: WompiTransaction) {
  const { customer } = transaction;
  return {
    id: transaction.id,
    created_at: transaction.createdAt,
    finalized_at: transaction.finalizedAt,
    amount_in_cents: transaction.amountInCents,
    reference: transaction.reference,
    customer_email: customer.email,
    currency: transaction.currency,
    payment_method_type: transaction.method,
    payment_method: methodShape(transaction.method, transaction),
    status: transaction.status,
    status_message: transaction.statusMessage,
    shipping_address: null,
    redirect_url: transaction.redirectUrl,
    payment_source_id: null,
    payment_link_id: null,
    customer_data: {
      full_name: customer.fullName,
      phone_number: customer.phoneNumber,
      device_id: createHash("md5").update(transaction.id).digest("hex"),
      browser_info: { browser_tz: "300", browser_language: "es-CO", browser_user_agent: "Mozilla/5.0 (simulador)" },
    },
    billing_data: { legal_id_type: "CC", legal_id: "1234567890" },
    origin: null,
  };
}

/** Shapes a read while the API lags behind (knob `apiLag`). */
export function pendingShape(transaction: WompiTransaction) {
  return transactionShape({ ...transaction, status: "PENDING", statusMessage: null, finalizedAt: null });
}

function methodShape(method: Method, transaction: WompiTransaction) {
  const { id, status } = transaction;
  if (method === "NEQUI") {
    return { type: "NEQUI", extra: { external_identifier: id, transaction_id: id }, phone_number: "3991111111" };
  }
  if (method === "PSE") {
    const extra = { external_identifier: id, ticket_id: id, async_payment_url: "https://sandbox.wompi.co/pse", return_code: "SUCCESS" };
    return { type: "PSE", extra, user_type: 0, user_legal_id: "1234567890", financial_institution_code: "1" };
  }
  const extra = {
    bin: "424242",
    name: "VISA-4242",
    brand: "VISA",
    card_type: "CREDIT",
    last_four: status === "DECLINED" ? "1111" : "4242",
    card_holder: transaction.customer.fullName ?? "TITULAR DE PRUEBA",
    is_three_ds: false,
    unique_code: null,
    three_ds_auth: null,
    external_identifier: id,
    processor_response_code: cardCodes[status] ?? null,
  };
  return { type: "CARD", extra, token: `tok_test_${createHash("md5").update(id).digest("hex")}`, installments: 1 };
}
