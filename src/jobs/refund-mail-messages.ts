import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { unprovenFacts } from "#domain/payment-provider.ts";
import { reversalWords } from "#emails/mail-message.ts";
import { env } from "#platform/env.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { type BookingForWork, bookingOf, type CheckoutForWork } from "#queries/checkout-for-work.ts";
import { loadRefundForMail, loadTenantForMail } from "#queries/tenant-for-mail.ts";
import { bookAgainPage, bookingPage, mailBooking, mailLocale, mailTenant, type Prepared } from "./mail-parts.ts";

function refundParts(work: CheckoutForWork, locale: string) {
  const { refundCase, checkout, payment, tenant } = work;
  const booking = bookingOf(work);
  if (!refundCase) return null;
  return {
    locale: mailLocale(locale),
    timezone: tenant.timezone,
    tenant: mailTenant(tenant),
    reason: refundCase.reason,
    reference: payment?.reference ?? checkout.id,
    amountMinor: refundCase.amount_minor,
    currency: refundCase.currency,
    providerName: paymentProvider(payment?.provider ?? "")?.name ?? "",
    dueAt: refundCase.due_at.toISOString(),
    customerName: checkout.customer_name,
    booking: booking && mailBooking(booking),
  };
}

export async function customerRefundMail(work: CheckoutForWork): Promise<Prepared | null> {
  const { checkout, tenant } = work;
  const parts = refundParts(work, checkout.locale);
  const booking = bookingOf(work);
  if (!parts) return null;
  return {
    to: { name: checkout.customer_name, address: checkout.customer_email },
    replyTo: tenant.notify_email ?? undefined,
    message: { kind: "customer-refund", ...parts, bookAgainUrl: booking && bookAgainPage(booking) },
  };
}

export async function merchantRefundMail(work: CheckoutForWork): Promise<Prepared | null> {
  const parts = refundParts(work, work.tenant.locale);
  if (!parts || !work.tenant.notify_email) return null;
  return {
    to: { name: work.tenant.name, address: work.tenant.notify_email },
    message: {
      kind: "merchant-refund",
      ...parts,
      providerChargeId: work.charge?.provider_charge_id ?? "",
      automatic: goesBackByItself(work.payment?.provider ?? ""),
      unproven: null,
      caseUrl: bookingPage(work.checkout),
    },
  };
}

/** What the event tells, and not how the money stands now: a mail that is sent twice says the same. */
export async function merchantReversedMail(work: BookingForWork, { details }: FollowUp): Promise<Prepared | null> {
  const { tenant, checkout, payment, charge } = work;
  const state = reversalWords.find((word) => word === details["state"]);
  if (!tenant.notify_email || !state || !charge) return null;
  return {
    to: { name: tenant.name, address: tenant.notify_email },
    message: {
      kind: "merchant-reversed",
      locale: mailLocale(tenant.locale),
      timezone: tenant.timezone,
      tenant: mailTenant(tenant),
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

/** Money that belongs to no checkout: only the merchant can be told. */
export async function unmatchedRefundMail(followUp: FollowUp): Promise<Prepared | null> {
  const { tenant } = await loadTenantForMail(followUp.tenantId);
  const refund = await loadRefundForMail({ tenantId: followUp.tenantId, refundCaseId: followUp.subjectId });
  if (!refund || !tenant.notify_email) return null;
  return {
    to: { name: tenant.name, address: tenant.notify_email },
    message: {
      kind: "merchant-refund",
      locale: mailLocale(tenant.locale),
      timezone: tenant.timezone,
      tenant: mailTenant(tenant),
      reason: refund.reason,
      reference: refund.reference,
      amountMinor: refund.amount_minor,
      currency: refund.currency,
      providerName: paymentProvider(refund.provider)?.name ?? refund.provider,
      dueAt: refund.due_at.toISOString(),
      customerName: null,
      booking: null,
      providerChargeId: refund.provider_charge_id,
      automatic: goesBackByItself(refund.provider),
      unproven: unprovenIn(followUp.details["unproven"]),
      caseUrl: env().APP_URL,
    },
  };
}

/** As the event tells it, and not as the case stands now: a mail that is sent twice says the same. */
function unprovenIn(told: unknown) {
  return typeof told === "string" ? unprovenFacts.filter((fact) => told.split(",").includes(fact)) : null;
}

function goesBackByItself(provider: string): boolean {
  const refunds = paymentProvider(provider)?.capabilities.refunds;
  return refunds !== undefined && (refunds.voidByApi || refunds.refundByApi);
}
