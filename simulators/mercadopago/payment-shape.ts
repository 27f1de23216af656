import { type Chargeback, type MpAccount, type MpPayment, type MpRefund, methodIds } from "./shapes.ts";

/** The part of an online payment that Mercado Pago keeps, as of Colombia in one of its plans. */
const feePercent = 3.29;
const releaseDays = 14;

/** https://www.mercadopago.com.co/developers/en/reference/payments/_payments_id/get */
export function paymentShape(payment: MpPayment, account: MpAccount) {
  const [methodId, typeId] = methodIds[payment.method];
  const refunded = refundedOf(payment);
  const fee = payment.approvedAt === null ? 0 : Math.round(payment.amount * feePercent) / 100;
  const released = payment.approvedAt && new Date(Date.parse(payment.approvedAt) + releaseDays * 86_400_000).toISOString();
  return {
    id: Number(payment.id),
    date_created: payment.createdAt,
    date_approved: payment.approvedAt,
    date_last_updated: payment.updatedAt,
    date_of_expiration: payment.expiresAt,
    money_release_date: released,
    operation_type: "regular_payment",
    payment_method_id: methodId,
    payment_type_id: typeId,
    status: payment.status,
    status_detail: payment.statusDetail,
    currency_id: payment.currency,
    live_mode: !account.accessToken.startsWith("TEST-"),
    collector_id: Number(payment.userId),
    payer: {
      id: 1_234_567,
      email: payment.payer.email,
      first_name: payment.payer.name,
      identification: { type: "CC", number: "123456789" },
    },
    metadata: payment.metadata,
    additional_info: {},
    order: { id: payment.id, type: "mercadopago" },
    external_reference: payment.reference,
    transaction_amount: payment.amount,
    transaction_amount_refunded: refunded,
    coupon_amount: 0,
    transaction_details: {
      net_received_amount: payment.approvedAt === null ? 0 : Math.round((payment.amount - fee) * 100) / 100,
      total_paid_amount: payment.amount,
      overpaid_amount: 0,
    },
    fee_details: fee > 0 ? [{ type: "mercadopago_fee", amount: fee, fee_payer: "collector" }] : [],
    captured: true,
    binary_mode: payment.binaryMode,
    refunds: payment.refunds.map((refund) => refundShape(refund, payment)),
    notification_url: payment.notificationUrl,
  };
}

/** A read while the API lags behind (knob `apiLag`). */
export function readShape(payment: MpPayment, account: MpAccount) {
  if (payment.lagReadsLeft === 0) return paymentShape(payment, account);
  payment.lagReadsLeft -= 1;
  return paymentShape({ ...payment, status: "in_process", statusDetail: "pending_contingency", approvedAt: null, refunds: [] }, account);
}

/** Parts that are still on their way are not back yet. */
export const refundedOf = ({ refunds }: MpPayment): number =>
  refunds.filter(({ status }) => status === "approved").reduce((total, { amount }) => total + amount, 0);

export function refundShape(refund: MpRefund, payment: MpPayment) {
  return {
    id: Number(refund.id),
    payment_id: Number(payment.id),
    amount: refund.amount,
    metadata: {},
    source: { id: payment.userId, name: "Comercio", type: refund.source },
    date_created: refund.createdAt,
    unique_sequence_number: null,
    refund_mode: "standard",
    adjustment_amount: 0,
    status: refund.status,
    reason: null,
    amount_refunded_to_payer: refund.amount,
  };
}

const documentDays = 10;

export function chargebackShape(chargeback: Chargeback, payment: MpPayment) {
  const { id, amount, documentation, createdAt } = chargeback;
  return {
    id,
    payments: [Number(payment.id)],
    currency: payment.currency,
    amount,
    reason: "general",
    coverage_applied: payment.statusDetail === "in_process" ? null : payment.statusDetail === "reimbursed",
    coverage_elegible: true,
    documentation_required: true,
    documentation_status: documentation,
    documentation: [],
    date_documentation_deadline: new Date(Date.parse(createdAt) + documentDays * 86_400_000).toISOString(),
    date_created: createdAt,
    date_last_updated: payment.updatedAt,
    live_mode: true,
  };
}
