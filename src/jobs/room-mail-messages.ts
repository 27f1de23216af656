import { hostUrl } from "#commands/bookings/host-url.ts";
import { customerCalendarText, professionalCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { customersPage } from "#queries/site-address.ts";
import { customersBooking, fromTenant, mailBooking, type Prepared, replyToCustomer, toCustomer, toProfessional } from "./mail-parts.ts";

/** For a room that came after the mails about the payment. Returns null if the room is gone. */
export async function customerRoomMail(work: BookingForWork): Promise<Prepared | null> {
  const { meeting_url: meetingUrl } = work.booking;
  const { says, ...to } = toCustomer(work);
  const bookingUrl = customersPage(work.checkout);
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
