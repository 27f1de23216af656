import { z } from "zod";
import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { customerCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { restDueOf } from "#queries/desk/booking-rest.ts";
import { customersPage } from "#queries/site-address.ts";
import { changesOf, customersBooking, type Prepared, toCustomer } from "./mail-parts.ts";

const planned = z.object({ start: z.iso.datetime() });

/** Null if the booking has moved since, which has its own reminders, or has begun. */
export async function reminderMail(work: BookingForWork, { details }: Pick<FollowUp, "details">): Promise<Prepared | null> {
  const { checkout, booking } = work;
  const isAsPlanned = Date.parse(planned.parse(details).start) === booking.starts_at.getTime();
  if (!isAsPlanned || booking.starts_at.getTime() <= databaseNow()) return null;
  const { says, ...to } = toCustomer(work);
  return {
    ...to,
    message: {
      kind: "customer-reminder",
      ...says,
      booking: customersBooking(work),
      restDueMinor: await restDueOf(checkout),
      currency: checkout.currency,
      online: booking.online,
      meetingUrl: booking.meeting_url,
      bookingUrl: customersPage(checkout),
      changes: changesOf(work),
    },
    calendar: { method: "PUBLISH", text: customerCalendarText(work, "PUBLISH") },
  };
}
