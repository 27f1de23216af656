import type { MailBooking, MailLocale, MailMessage, MailTenant } from "#emails/mail-message.ts";
import { mailLocales } from "#emails/mail-message.ts";
import { env } from "#platform/env.ts";
import type { TenantRow } from "#platform/rows.ts";
import type { MailAddress, MailAttachment } from "#providers/mail/smtp.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";

export type Prepared = { to: MailAddress; replyTo?: MailAddress | undefined; message: MailMessage; attachments?: MailAttachment[] };

export function mailLocale(locale: string): MailLocale {
  return mailLocales.find((known) => known === locale) ?? "es";
}

export function mailTenant(tenant: TenantRow): MailTenant {
  return {
    name: tenant.name,
    logoUrl: tenant.logo_url ? new URL(tenant.logo_url, env().APP_URL).href : null,
    primaryColor: tenant.primary_color,
  };
}

export function mailBooking({ checkout, booking, service, professional, payment }: BookingForWork): MailBooking {
  return {
    reference: payment?.reference ?? checkout.id,
    serviceName: service.name,
    professionalName: professional.name,
    start: booking.starts_at.toISOString(),
    end: booking.ends_at.toISOString(),
  };
}

export function bookingPage(booking: { id: string; token: string }): string {
  return `${env().APP_URL}/book/${booking.id}/confirm?token=${booking.token}`;
}

export function bookAgainPage(work: BookingForWork): string {
  return `${env().APP_URL}/book/${work.linkPublicId}`;
}
