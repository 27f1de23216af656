import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import type { MailAttachment } from "#providers/mail/smtp.ts";
import { bookingCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/booking-for-work.ts";
import { loadTenantForMail } from "#queries/tenant-for-mail.ts";
import { bookAgainPage, bookingPage, mailBooking, mailLocale, mailTenant, type Prepared } from "./mail-parts.ts";
import { hostUrl } from "./room-mail-messages.ts";

const said = (work: BookingForWork, locale: string) => ({
  locale: mailLocale(locale),
  timezone: work.tenant.timezone,
  tenant: mailTenant(work.tenant),
});
const customerOf = ({ booking }: BookingForWork) => ({
  name: booking.customer_name,
  email: booking.customer_email,
  phone: booking.customer_phone,
});
const customerAddress = ({ booking }: BookingForWork) => ({ name: booking.customer_name, address: booking.customer_email });

export async function customerPaidMail(work: BookingForWork): Promise<Prepared> {
  const { booking, tenant } = work;
  return {
    to: customerAddress(work),
    replyTo: tenant.notify_email ?? undefined,
    message: {
      kind: "customer-paid",
      ...said(work, booking.locale),
      customerName: booking.customer_name,
      booking: mailBooking(work),
      amountPaidMinor: booking.amount_minor,
      restDueMinor: booking.price_minor - booking.amount_minor,
      currency: booking.currency,
      online: booking.online,
      meetingUrl: booking.meeting_url,
      bookingUrl: bookingPage(booking),
    },
    attachments: [calendarAttachment(work, "PUBLISH")],
  };
}

export async function professionalPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const { professional, tenant, booking } = work;
  if (!professional.email) return null;
  return {
    to: { name: professional.name, address: professional.email },
    message: {
      kind: "professional-paid",
      ...said(work, tenant.locale),
      booking: mailBooking(work),
      customer: customerOf(work),
      online: booking.online,
      meetingUrl: await hostUrl(work),
    },
    attachments: [calendarAttachment(work, "PUBLISH")],
  };
}

export async function merchantPaidMail(work: BookingForWork): Promise<Prepared | null> {
  const { tenant, booking } = work;
  if (!tenant.notify_email) return null;
  return {
    to: { name: tenant.name, address: tenant.notify_email },
    message: {
      kind: "merchant-paid",
      ...said(work, tenant.locale),
      booking: mailBooking(work),
      customer: customerOf(work),
      amountPaidMinor: booking.amount_minor,
      restDueMinor: booking.price_minor - booking.amount_minor,
      currency: booking.currency,
      dashboardUrl: bookingPage(booking),
    },
  };
}

export async function customerCancelledMail(work: BookingForWork): Promise<Prepared> {
  const { booking } = work;
  return {
    to: customerAddress(work),
    message: {
      kind: "customer-cancelled",
      ...said(work, booking.locale),
      customerName: booking.customer_name,
      booking: mailBooking(work),
      refundAmountMinor: booking.paid_charge_id ? (work.charge?.amount_minor ?? booking.amount_minor) : null,
      currency: booking.currency,
      bookAgainUrl: bookAgainPage(work),
    },
    attachments: [calendarAttachment(work, "CANCEL")],
  };
}

export async function professionalCancelledMail(work: BookingForWork): Promise<Prepared | null> {
  const { professional, tenant, booking } = work;
  if (!professional.email) return null;
  return {
    to: { name: professional.name, address: professional.email },
    message: {
      kind: "professional-cancelled",
      ...said(work, tenant.locale),
      booking: mailBooking(work),
      customerName: booking.customer_name,
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
