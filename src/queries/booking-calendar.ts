import { Refusal } from "#contracts/problem.ts";
import { isBookingPaid } from "#domain/checkout-states.ts";
import { bookingCalendarFile } from "#platform/calendar-file.ts";
import { env } from "#platform/env.ts";
import { type BookingForWork, loadBookingForWork } from "./booking-for-work.ts";
import { loadBookingState, tenantOfBooking } from "./booking-state.ts";

/** The .ics of a paid booking, for its page. Refuses: booking_unknown (also for one that is not paid). */
export async function loadBookingCalendar(input: { bookingId: string; token: string }): Promise<string> {
  const state = await loadBookingState(input);
  const work = isBookingPaid(state.status)
    ? await loadBookingForWork({ tenantId: await tenantOfBooking(input.bookingId), bookingId: input.bookingId })
    : null;
  if (!work) throw new Refusal("booking_unknown");
  return bookingCalendarText(work, "PUBLISH");
}

export function bookingCalendarText({ booking, tenant, service, professional }: BookingForWork, method: "PUBLISH" | "CANCEL"): string {
  const page = `${env().APP_URL}/book/${booking.id}/confirm?token=${booking.token}`;
  return bookingCalendarFile({
    uid: `${booking.id}@konfirmado`,
    sequence: method === "CANCEL" ? 1 : 0,
    method,
    start: booking.starts_at.toISOString(),
    end: booking.ends_at.toISOString(),
    summary: `${service.name} · ${tenant.name}`,
    description: [professional.name, booking.meeting_url, page].filter(Boolean).join("\n"),
    url: booking.meeting_url ?? page,
    organizer: { name: tenant.name, email: tenant.notify_email ?? `no-reply@${new URL(env().APP_URL).hostname}` },
    attendee: { name: booking.customer_name, email: booking.customer_email },
  });
}
