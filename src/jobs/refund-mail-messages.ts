import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { unprovenFacts } from "#domain/payment-provider.ts";
import { reasonsThatKeepBooking, refundDeadline } from "#domain/refund-policy.ts";
import { type CustomerOutsideRefund, type MerchantRefund, reversalWords } from "#emails/mail-message.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { bookingOf, type CheckoutForWork } from "#queries/checkout-for-work.ts";
import { nextTimesFor } from "#queries/links/next-times.ts";
import { customersPage, shopPage } from "#queries/site-address.ts";
import { loadRefundForMail, loadTenantForMail } from "#queries/tenant-for-mail.ts";
import {
  bookAgainPage,
  customersBooking,
  fromTenant,
  mailBooking,
  type Prepared,
  replyToCustomer,
  toCustomer,
  toMerchant,
} from "./mail-parts.ts";

export async function customerRefundMail(work: CheckoutForWork, followUp: FollowUp): Promise<Prepared | null> {
  const { refundCase } = work;
  if (isOutside(followUp)) return outsideRefundMail(work, followUp, "asked");
  const { says, ...to } = toCustomer(work);
  if (!refundCase) return null;
  const dueAt = refundCase.due_at.toISOString();
  const nextTimes = refundCase.reason === "capacity_gone" ? await nextTimesFor(work) : [];
  const legalDays = refundCase.reason === "withdrawal" ? (refundDeadline(work.tenant.country).legal?.days ?? null) : null;
  const parts = { ...refundParts(work, refundCase, customersBooking), ...says, ...wayOn(work, refundCase) };
  return { ...to, message: { kind: "customer-refund", ...parts, dueAt, legalDays, nextTimes } };
}

export async function customerRefundDoneMail(work: CheckoutForWork, followUp: FollowUp): Promise<Prepared | null> {
  const { refundCase, charge } = work;
  if (isOutside(followUp)) return outsideRefundMail(work, followUp, "done");
  const { says, ...to } = toCustomer(work);
  if (!refundCase) return null;
  const doneAt = followUp.occurredAt.toISOString();
  const providerReference = refundCase.provider_refund_id ?? charge?.provider_charge_id ?? "";
  const parts = { ...refundParts(work, refundCase, customersBooking), ...says, ...wayOn(work, refundCase) };
  const went = refundCase.method === "manual" ? "by_hand" : isCard(charge?.method ?? null) ? "card" : "other";
  return { ...to, message: { kind: "customer-refund-done", ...parts, doneAt, providerReference, went } };
}

/** Providers call a card's payment by many words, and all of them name it. */
const isCard = (method: string | null): boolean => method !== null && /card|tarjeta|visa|master/i.test(method);

/** Said only to whoever was told that it came back. */
export async function customerRefundFailedMail(work: CheckoutForWork, followUp: FollowUp): Promise<Prepared | null> {
  const { refundCase } = work;
  if (isOutside(followUp)) return outsideRefundMail(work, followUp, "failed");
  const { says, ...to } = toCustomer(work);
  if (!refundCase) return null;
  const parts = { ...refundParts(work, refundCase, customersBooking), ...says, ...wayOn(work, refundCase) };
  return { ...to, message: { kind: "customer-refund-failed", ...parts, dueAt: refundCase.due_at.toISOString() } };
}

/** Somebody sent it in the provider's panel: the event is about a payment, and names no case. */
const isOutside = ({ eventKind }: FollowUp): boolean => eventKind.startsWith("payment.");

/** How much has moved is the event's, so that a mail sent twice says the same. */
async function outsideRefundMail(work: CheckoutForWork, { details, occurredAt }: FollowUp, step: CustomerOutsideRefund["step"]) {
  const { charge, payment, checkout } = work;
  const { says, ...to } = toCustomer(work);
  const amountMinor = [details["movedMinor"], details["backMinor"]].find((told) => typeof told === "number");
  if (!charge || amountMinor === undefined) return null;
  const { providerRefundId } = details;
  const booking = bookingOf(work);
  const stands = isPaid(checkout.status);
  const message = {
    ...{ kind: "customer-outside-refund" as const, step, ...says, amountMinor, currency: charge.currency },
    at: occurredAt.toISOString(),
    reference: payment?.reference ?? checkout.id,
    providerName: paymentProvider(payment?.provider ?? "")?.name ?? "",
    providerReference: typeof providerRefundId === "string" ? providerRefundId : charge.provider_charge_id,
    isCard: isCard(charge.method),
    booking: booking && customersBooking(booking),
    order: orderOf(work),
    bookingUrl: stands ? customersPage(work.page) : null,
    bookAgainUrl: stands ? null : againPage(work),
  };
  return { ...to, message };
}

/** Decided by the reason, which does not change, so that a mail sent twice says the same. */
function wayOn(work: CheckoutForWork, { reason }: RefundCaseRow) {
  if (reasonsThatKeepBooking.includes(reason)) return { bookingUrl: customersPage(work.page), bookAgainUrl: null };
  return { bookingUrl: null, bookAgainUrl: againPage(work) };
}

/** Other times, or what is left in the shop. */
function againPage(work: CheckoutForWork): string | null {
  const booking = bookingOf(work);
  if (booking) return bookAgainPage(booking);
  return work.order ? shopPage(work.tenant.slug) : null;
}

const orderOf = ({ order }: CheckoutForWork) => (order ? { number: order.number } : undefined);

export function merchantRefundMail(work: CheckoutForWork): Promise<Prepared | null> {
  return toMerchantAbout(work, isSentBackByApi(work.payment?.provider ?? "") ? "automatic" : "manual");
}

/** The steps, once the provider's API could not. Without one, the first mail had them already. */
export async function manualRefundMail(work: CheckoutForWork, { eventKind }: FollowUp): Promise<Prepared | null> {
  if (eventKind === "refund_case.failed") return toMerchantAbout(work, "failed");
  return isSentBackByApi(work.payment?.provider ?? "") ? toMerchantAbout(work, "gave_up") : null;
}

async function toMerchantAbout(work: CheckoutForWork, way: MerchantRefund["way"]): Promise<Prepared | null> {
  const { refundCase } = work;
  const to = toMerchant(work.tenant);
  if (!refundCase || !to) return null;
  return {
    to,
    ...replyToCustomer(work),
    message: {
      kind: "merchant-refund",
      ...fromTenant(work.tenant),
      ...refundParts(work, refundCase),
      dueAt: refundCase.due_at.toISOString(),
      customerName: work.checkout.customer_name,
      providerChargeId: work.charge?.provider_charge_id ?? "",
      way,
      unproven: null,
    },
  };
}

/** Read from the event, so that a mail sent twice says the same. */
export async function merchantReversedMail(work: CheckoutForWork, { details }: FollowUp): Promise<Prepared | null> {
  const { tenant, checkout, payment, charge } = work;
  const booking = bookingOf(work);
  const state = reversalWords.find((word) => word === details["state"]);
  const to = toMerchant(tenant);
  if (!to || !state || !charge || !(booking || work.order)) return null;
  return {
    to,
    ...replyToCustomer(work),
    message: {
      kind: "merchant-reversed",
      ...fromTenant(tenant),
      state,
      asks: details["asks"] === true,
      sentMinor: typeof details["movedMinor"] === "number" ? details["movedMinor"] : null,
      booking: booking && mailBooking(booking),
      order: orderOf(work),
      reference: payment?.reference ?? checkout.id,
      customerName: checkout.customer_name,
      amountMinor: charge.amount_minor,
      currency: charge.currency,
      providerName: paymentProvider(payment?.provider ?? "")?.name ?? "",
      providerChargeId: charge.provider_charge_id,
    },
  };
}

/** Money that belongs to no checkout. Only the merchant can be told. */
export function unmatchedRefundMail(followUp: FollowUp): Promise<Prepared | null> {
  const { unproven } = followUp.details;
  return unmatchedMail(followUp, (provider) => ({
    way: isSentBackByApi(provider) ? "automatic" : "manual",
    unproven: unprovenIn(unproven),
  }));
}

export function unmatchedManualMail(followUp: FollowUp): Promise<Prepared | null> {
  if (followUp.eventKind === "refund_case.failed") return unmatchedMail(followUp, () => ({ way: "failed", unproven: null }));
  return unmatchedMail(followUp, (provider) => (isSentBackByApi(provider) ? { way: "gave_up", unproven: null } : null));
}

type Told = Pick<MerchantRefund, "way" | "unproven">;

async function unmatchedMail(followUp: FollowUp, tell: (provider: string) => Told | null): Promise<Prepared | null> {
  const { tenant } = await loadTenantForMail(followUp.tenantId);
  const refund = await loadRefundForMail({ tenantId: followUp.tenantId, refundCaseId: followUp.subjectId });
  const to = toMerchant(tenant);
  const told = refund && tell(refund.provider);
  if (!refund || !told || !to) return null;
  return {
    to,
    message: {
      kind: "merchant-refund",
      ...fromTenant(tenant),
      ...amountOf(refund),
      ...told,
      dueAt: refund.due_at.toISOString(),
      reference: refund.reference,
      providerName: paymentProvider(refund.provider)?.name ?? refund.provider,
      customerName: null,
      booking: null,
      providerChargeId: refund.provider_charge_id,
    },
  };
}

function refundParts(work: CheckoutForWork, refundCase: RefundCaseRow, tell = mailBooking) {
  const { checkout, payment } = work;
  const booking = bookingOf(work);
  return {
    ...amountOf(refundCase),
    reference: payment?.reference ?? checkout.id,
    providerName: paymentProvider(payment?.provider ?? "")?.name ?? "",
    booking: booking && tell(booking),
    order: orderOf(work),
  };
}

type Amount = Pick<RefundCaseRow, "reason" | "number" | "amount_minor" | "currency">;
function amountOf({ reason, number, amount_minor: amountMinor, currency }: Amount) {
  return { reason, number, amountMinor, currency };
}

/** Read from the event and not from the case, so that a mail sent twice says the same. */
function unprovenIn(told: unknown) {
  return typeof told === "string" ? unprovenFacts.filter((fact) => told.split(",").includes(fact)) : null;
}

function isSentBackByApi(provider: string): boolean {
  const refunds = paymentProvider(provider)?.capabilities.refunds;
  return refunds !== undefined && (refunds.voidByApi || refunds.refundByApi);
}
