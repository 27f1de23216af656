import { roomNameOf } from "#domain/room-name.ts";
import { roomTimes } from "#domain/room-times.ts";
import { connectRooms } from "#providers/rooms/registry.ts";
import { customerCalendarText, professionalCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { findConnection } from "#queries/connections.ts";
import {
  bookingPage,
  customersBooking,
  fromTenant,
  mailBooking,
  type Prepared,
  replyToCustomer,
  toCustomer,
  toProfessional,
} from "./mail-parts.ts";

/** For a room that came after the mails about the payment. Returns null if the room is gone. */
export async function customerRoomMail(work: BookingForWork): Promise<Prepared | null> {
  const { meeting_url: meetingUrl } = work.booking;
  const { says, ...to } = toCustomer(work);
  const bookingUrl = bookingPage(work.checkout);
  if (!meetingUrl) return null;
  return {
    ...to,
    message: { kind: "customer-room", ...says, booking: customersBooking(work), meetingUrl, bookingUrl },
    calendar: { method: "PUBLISH", text: customerCalendarText(work, "PUBLISH") },
  };
}

export async function professionalRoomMail(work: BookingForWork): Promise<Prepared | null> {
  const to = toProfessional(work);
  const meetingUrl = await hostUrl(work);
  if (!to || !meetingUrl) return null;
  return {
    to,
    ...replyToCustomer(work),
    message: { kind: "professional-room", ...fromTenant(work.tenant), booking: mailBooking(work), meetingUrl },
    calendar: { method: "PUBLISH", text: professionalCalendarText(work, { email: to.address, meetingUrl }, "PUBLISH") },
  };
}

/** The host's own link, made with the mail. Tokens cost nothing and are not stored. */
export async function hostUrl(work: BookingForWork): Promise<string | null> {
  if (!work.booking.meeting_url) return null;
  const connection = await findConnection({ tenantId: work.tenant.tenant_id, kind: "room", started: true });
  if (!connection) return null;
  const room = roomNameOf(work.booking.id);
  const times = roomTimes({ start: work.booking.starts_at, end: work.booking.ends_at });
  const host = { userName: work.professional.name, role: "host" } as const;
  return connectRooms(connection).meetingUrl({ room, roomUrl: work.booking.meeting_url, ...times, ...host });
}
