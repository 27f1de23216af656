import { Refusal } from "#contracts/problem.ts";
import { languages } from "#contracts/service-terms.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { type BookingCalendarFile, bookingCalendarFile } from "#platform/calendar-file.ts";
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
  return customerCalendarText(work, "PUBLISH");
}

type Method = "PUBLISH" | "CANCEL";

/** The customer's own: their page and their link into the room. */
export function customerCalendarText(work: BookingForWork, method: Method): string {
  const { checkout, booking, tenant, professional } = work;
  const page = `${env().APP_URL}/book/${booking.id}/confirm?token=${checkout.token}`;
  return bookingCalendarFile({
    ...appointmentOf(work, method),
    uid: `${booking.id}@konfirmado`,
    summary: `${customersServiceName(work)} · ${tenant.name}`,
    description: [professional.name, ...wayThere(work), booking.meeting_url, page].filter(Boolean).join("\n"),
    location: booking.online ? booking.meeting_url : locationOf(work),
    url: booking.meeting_url ?? page,
    attendee: { name: checkout.customer_name, email: checkout.customer_email },
  });
}

/** In the language of the booking where the merchant has translated it. */
export function customersServiceName({ checkout, service }: Pick<BookingForWork, "checkout" | "service">): string {
  const language = languages.options.find((known) => known === checkout.locale);
  return (language && service.translations[language]?.name) ?? service.name;
}

type Host = { email: string; meetingUrl: string | null };

/**
 * The professional's own: who comes, and the host's link. Holds no key of the customer. Each
 * professional has an entry of their own: two who share a mailbox also share its calendar.
 */
export function professionalCalendarText(work: BookingForWork, { email, meetingUrl }: Host, method: Method): string {
  const { checkout, booking, service, professional } = work;
  return bookingCalendarFile({
    ...appointmentOf(work, method),
    uid: `${booking.id}-${professional.id}@konfirmado`,
    summary: `${service.name} · ${checkout.customer_name}`,
    description: [checkout.customer_name, checkout.customer_phone, checkout.customer_email, meetingUrl].filter(Boolean).join("\n"),
    location: booking.online ? meetingUrl : locationOf(work),
    url: meetingUrl,
    attendee: { name: professional.name, email },
  });
}

function locationOf({ place }: BookingForWork): string | null {
  return place ? [place.name, place.address].filter(Boolean).join(", ") : null;
}

function wayThere({ booking, place }: BookingForWork): (string | null)[] {
  if (!place) return [];
  const contact = [place.phone?.replace(";ext=", " ext. ") ?? null, place.email];
  return booking.online ? contact : [place.directions, place.mapUrl, ...contact];
}

function appointmentOf(
  { booking, tenant }: BookingForWork,
  method: Method,
): Pick<BookingCalendarFile, "sequence" | "method" | "start" | "end" | "organizer"> {
  return {
    sequence: sequenceOf(booking, method),
    method,
    start: booking.starts_at.toISOString(),
    end: booking.ends_at.toISOString(),
    organizer: { name: tenant.name, email: tenant.notify_email ?? `no-reply@${new URL(env().APP_URL).hostname}` },
  };
}

/**
 * Calendars keep the file with the highest. Each move has three: without the room, with it, and
 * cancelled.
 */
function sequenceOf({ moves, meeting_url }: BookingForWork["booking"], method: Method): number {
  return moves * 3 + (method === "CANCEL" ? 2 : meeting_url === null ? 0 : 1);
}
