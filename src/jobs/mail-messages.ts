import { hostUrl } from "#commands/bookings/host-url.ts";
import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { moneyBack } from "#domain/cancellation.ts";
import { usualStepMinor } from "#domain/money.ts";
import type { MailTerms } from "#emails/mail-message.ts";
import { customerCalendarText, professionalCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { customersPage } from "#queries/site-address.ts";
import { loadTenantForMail } from "#queries/tenant-for-mail.ts";
import {
  bookAgainPage,
  changesOf,
  customersBooking,
  fromTenant,
  mailBooking,
  type Prepared,
  replyToCustomer,
  toCustomer,
  toMerchant,
  toProfessional,
} from "./mail-parts.ts";

export async function customerPaidMail(work: BookingForWork, followUp: Pick<FollowUp, "details">): Promise<Prepared> {
  const { checkout, booking } = work;
  const { says, ...to } = toCustomer(work);
  return {
    ...to,
    message: {
      kind: "customer-paid",
      ...says,
      isLate: followUp.details["wasLate"] === true,
      booking: customersBooking(work),
      ...amountsOf(work),
      online: booking.online,
      meetingUrl: booking.meeting_url,
      bookingUrl: customersPage(checkout),
      terms: termsOf(work),
      changes: changesOf(work),
    },
    calendar: { method: "PUBLISH", text: customerCalendarText(work, "PUBLISH") },
  };
}

export async function professionalPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const to = toProfessional(work);
  if (!to) return null;
  const meetingUrl = await hostUrl(work);
  return {
    to,
    ...replyToCustomer(work),
    message: {
      kind: "professional-paid",
      ...fromTenant(work.tenant),
      booking: mailBooking(work),
      customer: customerOf(work),
      isFree: work.booking.price_minor === 0,
      isOnSite: work.booking.charge_type === "on_site",
      answers: work.answers,
      online: work.booking.online,
      meetingUrl,
    },
    calendar: { method: "PUBLISH", text: professionalCalendarText(work, { email: to.address, meetingUrl }, "PUBLISH") },
  };
}

export async function merchantPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const to = toMerchant(work.tenant);
  if (!to) return null;
  return {
    to,
    ...replyToCustomer(work),
    message: {
      kind: "merchant-paid",
      ...fromTenant(work.tenant),
      booking: mailBooking(work),
      customer: customerOf(work),
      answers: work.answers,
      ...amountsOf(work),
    },
  };
}

/** The money as the cancellation left it, so that a mail sent twice says the same. */
export async function customerCancelledMail(work: BookingForWork, { details }: Pick<FollowUp, "details">): Promise<Prepared> {
  const { says, ...to } = toCustomer(work);
  const minor = (name: string) => (typeof details[name] === "number" ? details[name] : 0);
  const paidMinor = minor("paidMinor") + minor("besidesPaidMinor");
  return {
    ...to,
    message: {
      kind: "customer-cancelled",
      ...says,
      booking: customersBooking(work),
      money:
        paidMinor > 0
          ? {
              paidMinor,
              backMinor: minor("refundMinor") + minor("besidesRefundMinor"),
              beforeMinor: minor("beforeMinor") + minor("besidesBeforeMinor"),
            }
          : null,
      currency: work.checkout.currency,
      bookAgainUrl: bookAgainPage(work),
    },
    calendar: { method: "CANCEL", text: customerCalendarText(work, "CANCEL") },
  };
}

export async function professionalCancelledMail(work: BookingForWork): Promise<Prepared | null> {
  const to = toProfessional(work);
  const customerName = work.checkout.customer_name;
  if (!to) return null;
  return {
    to,
    ...replyToCustomer(work),
    message: { kind: "professional-cancelled", ...fromTenant(work.tenant), booking: mailBooking(work), customerName },
    calendar: { method: "CANCEL", text: professionalCalendarText(work, { email: to.address, meetingUrl: null }, "CANCEL") },
  };
}

export async function callbackDisabledMail(followUp: FollowUp): Promise<Prepared | null> {
  const { tenant, endpoint, lastError } = await loadTenantForMail(followUp.tenantId);
  const to = toMerchant(tenant);
  if (!to || !tenant.callback_url) return null;
  return {
    to,
    message: {
      kind: "merchant-callback-disabled",
      ...fromTenant(tenant),
      callbackUrl: tenant.callback_url,
      failures: endpoint?.failures ?? 0,
      lastError: lastError ?? "",
    },
  };
}

export function customerOf({ checkout }: BookingForWork) {
  return { name: checkout.customer_name, email: checkout.customer_email, phone: checkout.customer_phone.replace(";ext=", " ext. ") };
}

function amountsOf({ checkout, booking }: BookingForWork) {
  const { amount_minor: amountPaidMinor, currency } = checkout;
  // Another tool has taken the money of an imported one.
  if (booking.imported) return { amountPaidMinor, restDueMinor: 0, currency };
  // A move may have made it cheaper than what was paid.
  return { amountPaidMinor, restDueMinor: Math.max(0, booking.price_minor - amountPaidMinor), currency };
}

/** Of the moment of the booking, so that a mail sent twice says the same. */
function termsOf({ checkout, booking, cancellation }: BookingForWork): MailTerms | null {
  const { currency, created_at: now } = checkout;
  const amountMinor = Math.min(checkout.amount_minor, booking.price_minor);
  if (!cancellation || amountMinor === 0) return null;
  const paid = { amountMinor, start: booking.starts_at, now, stepMinor: usualStepMinor(currency) };
  return moneyBack(cancellation, paid).map(({ until, ...back }) => ({ ...back, until: until.toISOString() }));
}
