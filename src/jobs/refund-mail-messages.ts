import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { unprovenFacts } from "#domain/payment-provider.ts";
import { reversalWords } from "#emails/mail-message.ts";
import { env } from "#platform/env.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { type BookingForWork, bookingOf, type CheckoutForWork } from "#queries/checkout-for-work.ts";
import { loadRefundForMail, loadTenantForMail } from "#queries/tenant-for-mail.ts";
import { bookAgainPage, bookingPage, fromTenant, mailBooking, type Prepared, toCustomer, toMerchant } from "./mail-parts.ts";

export async function customerRefundMail(work: CheckoutForWork): Promise<Prepared | null> {
  const parts = refundParts(work);
  const booking = bookingOf(work);
  const { says, ...to } = toCustomer(work);
  return parts && { ...to, message: { kind: "customer-refund", ...parts, ...says, bookAgainUrl: booking && bookAgainPage(booking) } };
}

export async function merchantRefundMail(work: CheckoutForWork): Promise<Prepared | null> {
  const parts = refundParts(work);
  const to = toMerchant(work.tenant);
  if (!parts || !to) return null;
  return {
    to,
    message: {
      kind: "merchant-refund",
      ...fromTenant(work.tenant),
      ...parts,
      customerName: work.checkout.customer_name,
      providerChargeId: work.charge?.provider_charge_id ?? "",
      automatic: isSentBackByApi(work.payment?.provider ?? ""),
      unproven: null,
      caseUrl: bookingPage(work.checkout),
    },
  };
}

/** Read from the event, so that a mail sent twice says the same. */
export async function merchantReversedMail(work: BookingForWork, { details }: FollowUp): Promise<Prepared | null> {
  const { tenant, checkout, payment, charge } = work;
  const state = reversalWords.find((word) => word === details["state"]);
  const to = toMerchant(tenant);
  if (!to || !state || !charge) return null;
  return {
    to,
    message: {
      kind: "merchant-reversed",
      ...fromTenant(tenant),
      state,
      asks: details["asks"] === true,
      booking: mailBooking(work),
      customerName: checkout.customer_name,
      amountMinor: charge.amount_minor,
      currency: charge.currency,
      providerName: paymentProvider(payment?.provider ?? "")?.name ?? "",
      providerChargeId: charge.provider_charge_id,
      answerUrl: env().APP_URL,
    },
  };
}

/** Money that belongs to no checkout. Only the merchant can be told. */
export async function unmatchedRefundMail(followUp: FollowUp): Promise<Prepared | null> {
  const { tenant } = await loadTenantForMail(followUp.tenantId);
  const refund = await loadRefundForMail({ tenantId: followUp.tenantId, refundCaseId: followUp.subjectId });
  const to = toMerchant(tenant);
  if (!refund || !to) return null;
  return {
    to,
    message: {
      kind: "merchant-refund",
      ...fromTenant(tenant),
      ...amountOf(refund),
      reference: refund.reference,
      providerName: paymentProvider(refund.provider)?.name ?? refund.provider,
      customerName: null,
      booking: null,
      providerChargeId: refund.provider_charge_id,
      automatic: isSentBackByApi(refund.provider),
      unproven: unprovenIn(followUp.details["unproven"]),
      caseUrl: env().APP_URL,
    },
  };
}

function refundParts(work: CheckoutForWork) {
  const { refundCase, checkout, payment } = work;
  const booking = bookingOf(work);
  return (
    refundCase && {
      ...amountOf(refundCase),
      reference: payment?.reference ?? checkout.id,
      providerName: paymentProvider(payment?.provider ?? "")?.name ?? "",
      booking: booking && mailBooking(booking),
    }
  );
}

type Amount = Pick<RefundCaseRow, "reason" | "amount_minor" | "currency" | "due_at">;
function amountOf({ reason, amount_minor: amountMinor, currency, due_at }: Amount) {
  return { reason, amountMinor, currency, dueAt: due_at.toISOString() };
}

/** Read from the event and not from the case, so that a mail sent twice says the same. */
function unprovenIn(told: unknown) {
  return typeof told === "string" ? unprovenFacts.filter((fact) => told.split(",").includes(fact)) : null;
}

function isSentBackByApi(provider: string): boolean {
  const refunds = paymentProvider(provider)?.capabilities.refunds;
  return refunds !== undefined && (refunds.voidByApi || refunds.refundByApi);
}
