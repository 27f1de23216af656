import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { bookingCalendarFile } from "#platform/calendar-file.ts";
import { env } from "#platform/env.ts";
import { loadBookingState } from "./booking-state.ts";
import { type BookingForWork, loadBookingForWork } from "./checkout-for-work.ts";
import { tenantOfCheckout } from "./checkout-tenant.ts";

/** The .ics of a paid booking. Refuses: checkout_unknown (also if it is not paid). */
export async function loadBookingCalendar(input: { bookingId: string; token: string }): Promise<string> {
  const state = await loadBookingState(input);
  const work = isPaid(state.status)
    ? await loadBookingForWork({ tenantId: await tenantOfCheckout(input.bookingId), checkoutId: input.bookingId })
    : null;
  if (!work) throw new Refusal("checkout_unknown");
  return bookingCalendarText(work, "PUBLISH");
}

export function bookingCalendarText(
  { checkout, booking, tenant, service, professional }: BookingForWork,
  method: "PUBLISH" | "CANCEL",
): string {
  const page = `${env().APP_URL}/book/${booking.id}/confirm?token=${checkout.token}`;
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
    attendee: { name: checkout.customer_name, email: checkout.customer_email },
  });
}
