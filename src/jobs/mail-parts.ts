import type { Place } from "#contracts/checkout.ts";
import { imageVariant } from "#contracts/settings/images.ts";
import { ownChangeEnds } from "#domain/desk/own-changes.ts";
import type { MailBooking, MailChanges, MailLocale, MailMessage, MailPlace, MailTenant } from "#emails/mail-message.ts";
import { mailLocales } from "#emails/mail-message.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { env } from "#platform/env.ts";
import type { TenantRow } from "#platform/rows.ts";
import type { MailAddress } from "#providers/mail/smtp.ts";
import { customersServiceName } from "#queries/booking-calendar.ts";
import type { BookingForWork, CheckoutForWork } from "#queries/checkout-for-work.ts";
import { ownChangePage } from "#queries/site-address.ts";

export type Prepared = {
  to: MailAddress;
  replyTo?: MailAddress | undefined;
  message: MailMessage;
  /** Set if a retry may have to say something else: that is another mail, not a repeated one. */
  wording?: string;
  calendar?: { method: "PUBLISH" | "CANCEL"; text: string };
};

function mailLocale(locale: string): MailLocale {
  return mailLocales.find((known) => known === locale) ?? "es";
}

/** What every message says about the merchant. */
export function fromTenant(
  tenant: TenantRow,
  locale = tenant.locale,
): { locale: MailLocale; country: string; timezone: string; tenant: MailTenant } {
  const logoUrl = tenant.logo_url ? new URL(imageVariant(tenant.logo_url, "mail"), env().APP_URL).href : null;
  return {
    locale: mailLocale(locale),
    country: tenant.country,
    timezone: tenant.timezone,
    tenant: { name: tenant.name, logoUrl, primaryColor: tenant.primary_color },
  };
}

/** What a mail about a person's account says instead: it comes from the product itself. */
export function fromProduct(locale: string) {
  const tenant: MailTenant = { name: "Konfirmado", logoUrl: null, primaryColor: productColor };
  return { locale: mailLocale(locale), country: "CO", timezone: "UTC", tenant };
}
const productColor = "#2f5bea";

/** Addresses the customer, in their language. A reply goes to the merchant. */
export function toCustomer({ checkout, tenant }: Pick<CheckoutForWork, "checkout" | "tenant">) {
  return {
    to: { name: checkout.customer_name, address: checkout.customer_email },
    replyTo: toMerchant(tenant) ?? undefined,
    says: {
      ...fromTenant(tenant, checkout.locale),
      tone: tenant.tone,
      customerName: checkout.customer_name,
      canReply: tenant.notify_email !== null,
    },
  };
}

/** Those who serve the customer answer the customer, unless their data was erased. */
export function replyToCustomer({ checkout }: Pick<CheckoutForWork, "checkout">): { replyTo?: MailAddress } {
  if (checkout.customer_email === "") return {};
  return { replyTo: { name: checkout.customer_name, address: checkout.customer_email } };
}

export function toMerchant({ name, notify_email: address }: TenantRow): MailAddress | null {
  return address ? { name, address } : null;
}

export function toProfessional({ professional: { name, email: address } }: BookingForWork): { name: string; address: string } | null {
  return address ? { name, address } : null;
}

/** In the customer's language where the merchant has translated it. */
export function customersBooking(work: BookingForWork): MailBooking {
  return { ...mailBooking(work), serviceName: customersServiceName(work) };
}

export function mailBooking({ checkout, booking, service, professional, payment, place }: BookingForWork): MailBooking {
  return {
    reference: payment?.reference ?? checkout.id,
    serviceName: service.name,
    professionalName: professional.name,
    start: booking.starts_at.toISOString(),
    end: booking.ends_at.toISOString(),
    place: mailPlace(place, booking.online),
  };
}

function mailPlace(place: Place | null, isOnline: boolean): MailPlace {
  const ways = [place?.phone?.replace(";ext=", " ext. "), place?.whatsapp && `WhatsApp ${place.whatsapp}`, place?.email];
  const contact = ways.filter(Boolean).join(" · ") || null;
  if (!place || isOnline) return { where: null, directions: null, mapUrl: null, contact };
  const where = [place.name, place.address].filter(Boolean).join(", ");
  return { where, directions: place.directions || null, mapUrl: place.mapUrl, contact };
}

/** What the customer may still do by themselves at this moment, and where. */
export function changesOf({ checkout, booking, cancellation, tenant }: BookingForWork): MailChanges {
  const ends = ownChangeEnds(
    { start: booking.starts_at, paidMinor: checkout.amount_minor, cancellation, moves: booking.moves },
    { cancelHours: tenant.customer_cancel_hours, moveHours: tenant.customer_move_hours },
  );
  const change = (end: Date | null, page: "move" | "cancel") =>
    end && end.getTime() > databaseNow() ? { url: ownChangePage(checkout, page), until: end.toISOString() } : null;
  return { move: change(ends.moveUntil, "move"), cancel: change(ends.cancelUntil, "cancel") };
}

/** The wizard at the times of the same service and professional. */
export function bookAgainPage({ linkPublicId, service, professional }: BookingForWork): string {
  return `${env().APP_URL}/book/${linkPublicId}/availability?service=${service.id}&professional=${professional.id}`;
}
