import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import type { MailAttachment } from "#providers/mail/smtp.ts";
import { bookingCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { loadTenantForMail } from "#queries/tenant-for-mail.ts";
import { bookAgainPage, bookingPage, mailBooking, mailLocale, mailTenant, type Prepared } from "./mail-parts.ts";
import { hostUrl } from "./room-mail-messages.ts";

const said = (work: BookingForWork, locale: string) => ({
  locale: mailLocale(locale),
  timezone: work.tenant.timezone,
  tenant: mailTenant(work.tenant),
});
const customerOf = ({ checkout }: BookingForWork) => ({
  name: checkout.customer_name,
  email: checkout.customer_email,
  phone: checkout.customer_phone,
});
const customerAddress = ({ checkout }: BookingForWork) => ({ name: checkout.customer_name, address: checkout.customer_email });

export async function customerPaidMail(work: BookingForWork): Promise<Prepared> {
  const { checkout, booking, tenant } = work;
  return {
    to: customerAddress(work),
    replyTo: tenant.notify_email ?? undefined,
    message: {
      kind: "customer-paid",
      ...said(work, checkout.locale),
      customerName: checkout.customer_name,
      booking: mailBooking(work),
      amountPaidMinor: checkout.amount_minor,
      restDueMinor: booking.price_minor - checkout.amount_minor,
      currency: checkout.currency,
      online: booking.online,
      meetingUrl: booking.meeting_url,
      bookingUrl: bookingPage(checkout),
    },
    attachments: [calendarAttachment(work, "PUBLISH")],
  };
}

export async function professionalPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const { professional, tenant, checkout, booking } = work;
  if (!professional.email) return null;
  return {
    to: { name: professional.name, address: professional.email },
    message: {
      kind: "professional-paid",
      ...said(work, tenant.locale),
      booking: mailBooking(work),
      customer: customerOf(work),
      isFree: checkout.amount_minor === 0,
      online: booking.online,
      meetingUrl: await hostUrl(work),
    },
    attachments: [calendarAttachment(work, "PUBLISH")],
  };
}

export async function merchantPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const { tenant, checkout, booking } = work;
  if (!tenant.notify_email) return null;
  return {
    to: { name: tenant.name, address: tenant.notify_email },
    message: {
      kind: "merchant-paid",
      ...said(work, tenant.locale),
      booking: mailBooking(work),
      customer: customerOf(work),
      amountPaidMinor: checkout.amount_minor,
      restDueMinor: booking.price_minor - checkout.amount_minor,
      currency: checkout.currency,
      dashboardUrl: bookingPage(checkout),
    },
  };
}

export async function customerCancelledMail(work: BookingForWork, { details }: FollowUp): Promise<Prepared> {
  const { checkout } = work;
  return {
    to: customerAddress(work),
    message: {
      kind: "customer-cancelled",
      ...said(work, checkout.locale),
      customerName: checkout.customer_name,
      booking: mailBooking(work),
      // Money that had gone back before is not promised once more.
      refundAmountMinor: details["isMoneyIn"] === false ? null : amountSentBack(work),
      currency: checkout.currency,
      bookAgainUrl: bookAgainPage(work),
    },
    attachments: [calendarAttachment(work, "CANCEL")],
  };
}

/** Null if nothing was paid, or nothing was to pay. */
function amountSentBack({ checkout, charge }: BookingForWork): number | null {
  const amountMinor = checkout.paid_charge_id ? (charge?.amount_minor ?? checkout.amount_minor) : 0;
  return amountMinor > 0 ? amountMinor : null;
}

export async function professionalCancelledMail(work: BookingForWork): Promise<Prepared | null> {
  const { professional, tenant, checkout } = work;
  if (!professional.email) return null;
  return {
    to: { name: professional.name, address: professional.email },
    message: {
      kind: "professional-cancelled",
      ...said(work, tenant.locale),
      booking: mailBooking(work),
      customerName: checkout.customer_name,
    },
    attachments: [calendarAttachment(work, "CANCEL")],
  };
}

export async function callbackDisabledMail(followUp: FollowUp): Promise<Prepared | null> {
  const { tenant, endpoint, lastError } = await loadTenantForMail(followUp.tenantId);
  if (!tenant.notify_email || !tenant.callback_url) return null;
  return {
    to: { name: tenant.name, address: tenant.notify_email },
    message: {
      kind: "merchant-callback-disabled",
      locale: mailLocale(tenant.locale),
      timezone: tenant.timezone,
      tenant: mailTenant(tenant),
      callbackUrl: tenant.callback_url,
      failures: endpoint?.failures ?? 0,
      lastError: lastError ?? "",
      settingsUrl: tenant.callback_url,
    },
  };
}

function calendarAttachment(work: BookingForWork, method: "PUBLISH" | "CANCEL"): MailAttachment {
  return {
    filename: method === "CANCEL" ? "cancelacion.ics" : "cita.ics",
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: bookingCalendarText(work, method),
  };
}
