import { roomNameOf } from "#domain/room-name.ts";
import { roomTimes } from "#domain/room-times.ts";
import { connectRooms } from "#providers/rooms/registry.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { findConnection } from "#queries/connections.ts";
import { bookingPage, mailBooking, mailLocale, mailTenant, type Prepared } from "./mail-parts.ts";

/** The room came after the mails about the payment: its link goes out by itself. Null: there is no room any more. */
export async function customerRoomMail(work: BookingForWork): Promise<Prepared | null> {
  const { checkout, booking, tenant } = work;
  if (!booking.meeting_url) return null;
  return {
    to: { name: checkout.customer_name, address: checkout.customer_email },
    replyTo: tenant.notify_email ?? undefined,
    message: {
      kind: "customer-room",
      locale: mailLocale(checkout.locale),
      timezone: tenant.timezone,
      tenant: mailTenant(tenant),
      customerName: checkout.customer_name,
      booking: mailBooking(work),
      meetingUrl: booking.meeting_url,
      bookingUrl: bookingPage(checkout),
    },
  };
}

export async function professionalRoomMail(work: BookingForWork): Promise<Prepared | null> {
  const { professional, tenant } = work;
  const url = await hostUrl(work);
  if (!professional.email || !url) return null;
  return {
    to: { name: professional.name, address: professional.email },
    message: {
      kind: "professional-room",
      locale: mailLocale(tenant.locale),
      timezone: tenant.timezone,
      tenant: mailTenant(tenant),
      booking: mailBooking(work),
      meetingUrl: url,
    },
  };
}

/** The host's own link, made when the mail is: tokens cost nothing and are not stored. */
export async function hostUrl(work: BookingForWork): Promise<string | null> {
  if (!work.booking.meeting_url) return null;
  const connection = await findConnection({ tenantId: work.tenant.tenant_id, kind: "room", started: true });
  if (!connection) return null;
  const room = roomNameOf(work.booking.id);
  const times = roomTimes({ start: work.booking.starts_at, end: work.booking.ends_at });
  const host = { userName: work.professional.name, role: "host" } as const;
  return connectRooms(connection).meetingUrl({ room, roomUrl: work.booking.meeting_url, ...times, ...host });
}
