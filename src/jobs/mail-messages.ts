import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import type { MailAttachment } from "#providers/mail/smtp.ts";
import { bookingCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { loadTenantForMail } from "#queries/tenant-for-mail.ts";
import {
  bookAgainPage,
  bookingPage,
  fromTenant,
  mailBooking,
  type Prepared,
  toCustomer,
  toMerchant,
  toProfessional,
} from "./mail-parts.ts";
import { hostUrl } from "./room-mail-messages.ts";

export async function customerPaidMail(work: BookingForWork): Promise<Prepared> {
  const { checkout, booking } = work;
  const { says, ...to } = toCustomer(work);
  return {
    ...to,
    message: {
      kind: "customer-paid",
      ...says,
      booking: mailBooking(work),
      ...amountsOf(work),
      online: booking.online,
      meetingUrl: booking.meeting_url,
      bookingUrl: bookingPage(checkout),
    },
    attachments: [calendarAttachment(work, "PUBLISH")],
  };
}

export async function professionalPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const to = toProfessional(work);
  if (!to) return null;
  return {
    to,
    message: {
      kind: "professional-paid",
      ...fromTenant(work.tenant),
      booking: mailBooking(work),
      customer: customerOf(work),
      isFree: work.checkout.amount_minor === 0,
      online: work.booking.online,
      meetingUrl: await hostUrl(work),
    },
    attachments: [calendarAttachment(work, "PUBLISH")],
  };
}

export async function merchantPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const to = toMerchant(work.tenant);
  if (!to) return null;
  return {
    to,
    message: {
      kind: "merchant-paid",
      ...fromTenant(work.tenant),
      booking: mailBooking(work),
      customer: customerOf(work),
      ...amountsOf(work),
      dashboardUrl: bookingPage(work.checkout),
    },
  };
}

export async function customerCancelledMail(work: BookingForWork, { details }: FollowUp): Promise<Prepared> {
  const { to, says } = toCustomer(work);
  return {
    to,
    message: {
      kind: "customer-cancelled",
      ...says,
      booking: mailBooking(work),
      // Money that went back before the cancellation is not promised again.
      refundAmountMinor: details["isMoneyIn"] === false ? null : amountSentBack(work),
      currency: work.checkout.currency,
      bookAgainUrl: bookAgainPage(work),
    },
    attachments: [calendarAttachment(work, "CANCEL")],
  };
}

export async function professionalCancelledMail(work: BookingForWork): Promise<Prepared | null> {
  const to = toProfessional(work);
  const customerName = work.checkout.customer_name;
  if (!to) return null;
  return {
    to,
    message: { kind: "professional-cancelled", ...fromTenant(work.tenant), booking: mailBooking(work), customerName },
    attachments: [calendarAttachment(work, "CANCEL")],
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
      settingsUrl: tenant.callback_url,
    },
  };
}

function customerOf({ checkout }: BookingForWork) {
  return { name: checkout.customer_name, email: checkout.customer_email, phone: checkout.customer_phone.replace(";ext=", " ext. ") };
}

function amountsOf({ checkout, booking }: BookingForWork) {
  const { amount_minor: amountPaidMinor, currency } = checkout;
  return { amountPaidMinor, restDueMinor: booking.price_minor - amountPaidMinor, currency };
}

/** Returns null if nothing was paid, or if nothing was due. */
function amountSentBack({ checkout, charge }: BookingForWork): number | null {
  const amountMinor = checkout.paid_charge_id ? (charge?.amount_minor ?? checkout.amount_minor) : 0;
  return amountMinor > 0 ? amountMinor : null;
}

function calendarAttachment(work: BookingForWork, method: "PUBLISH" | "CANCEL"): MailAttachment {
  return {
    filename: method === "CANCEL" ? "cancelacion.ics" : "cita.ics",
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: bookingCalendarText(work, method),
  };
}
