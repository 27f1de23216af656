import { z } from "zod";
import { hostUrl } from "#commands/bookings/host-url.ts";
import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import type { CustomerMoved, MailMove } from "#emails/mail-message.ts";
import { customerCalendarText, professionalCalendarText } from "#queries/booking-calendar.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { loadProfessionalForMail } from "#queries/professionals/professional-for-mail.ts";
import { customersPage } from "#queries/site-address.ts";
import { customerOf } from "./mail-messages.ts";
import {
  changesOf,
  customersBooking,
  fromTenant,
  mailBooking,
  type Prepared,
  replyToCustomer,
  toCustomer,
  toProfessional,
} from "./mail-parts.ts";

/** What `booking.rescheduled` says of the place that the booking had. */
const moved = z.object({ move: z.int().min(1), fromStart: z.iso.datetime(), fromProfessionalId: z.uuid() });
/** What it says of the price. */
const priced = z.object({
  priceMinor: z.int().optional(),
  difference: z.enum(["ask", "refund", "leave"]).optional(),
  askedMinor: z.int().default(0),
  refundMinor: z.int().default(0),
});

/** The present is told, not the event's: a mail that waited must not name a time that is gone. */
export async function customerMovedMail(work: BookingForWork, followUp: FollowUp): Promise<Prepared | null> {
  const move = await moveOf(work, followUp);
  if (!move) return null;
  const { says, ...to } = toCustomer(work);
  const { online, meeting_url: meetingUrl } = work.booking;
  const bookingUrl = customersPage(work.checkout);
  return {
    ...to,
    message: {
      kind: "customer-moved",
      ...says,
      booking: customersBooking(work),
      move,
      isOwn: followUp.actor === "customer",
      money: moneyOf(work, followUp),
      online,
      meetingUrl,
      bookingUrl,
      changes: changesOf(work),
    },
    calendar: { method: "PUBLISH", text: customerCalendarText(work, "PUBLISH") },
  };
}

/** Null if the customer owes and gets nothing because of the move. */
function moneyOf({ checkout }: BookingForWork, { details }: FollowUp): CustomerMoved["money"] {
  const { priceMinor, difference, askedMinor: asks, refundMinor: givesBack } = priced.parse(details);
  if (priceMinor === undefined || difference === "leave" || asks + givesBack === 0) return null;
  return { currency: checkout.currency, priceMinor, asks, givesBack };
}

/** To whoever has the booking now. */
export async function professionalMovedMail(work: BookingForWork, followUp: FollowUp): Promise<Prepared | null> {
  const to = toProfessional(work);
  const move = await moveOf(work, followUp);
  if (!to || !move) return null;
  const meetingUrl = await hostUrl(work);
  const { online } = work.booking;
  const customer = customerOf(work);
  return {
    to,
    ...replyToCustomer(work),
    message: {
      kind: "professional-moved",
      ...fromTenant(work.tenant),
      booking: mailBooking(work),
      move,
      customer,
      answers: work.answers,
      online,
      meetingUrl,
    },
    calendar: { method: "PUBLISH", text: professionalCalendarText(work, { email: to.address, meetingUrl }, "PUBLISH") },
  };
}

/** To whoever had it, at the time at which they had it. Null if it is theirs again. */
export async function professionalHandedOverMail(work: BookingForWork, followUp: FollowUp): Promise<Prepared | null> {
  const { move, fromStart, fromProfessionalId } = moved.parse(followUp.details);
  if (work.professional.id === fromProfessionalId) return null;
  const professional = await loadProfessionalForMail(followUp.tenantId, fromProfessionalId);
  const starts_at = new Date(fromStart);
  const booking = { ...work.booking, starts_at, ends_at: endOf(work, starts_at), moves: move - 1 };
  const then = { ...work, booking, professional };
  const to = toProfessional(then);
  if (!to) return null;
  return {
    to,
    message: {
      kind: "professional-handed-over",
      ...fromTenant(work.tenant),
      booking: mailBooking(then),
      customerName: work.checkout.customer_name,
      handedTo: work.professional.name,
    },
    calendar: { method: "CANCEL", text: professionalCalendarText(then, { email: to.address, meetingUrl: null }, "CANCEL") },
  };
}

/** Null if the booking stands again where it stood. */
async function moveOf(work: BookingForWork, followUp: FollowUp): Promise<MailMove | null> {
  const { fromStart, fromProfessionalId } = moved.parse(followUp.details);
  const { booking, professional } = work;
  const hasOtherTime = booking.starts_at.getTime() !== Date.parse(fromStart);
  const hasOtherProfessional = professional.id !== fromProfessionalId;
  if (!hasOtherTime && !hasOtherProfessional) return null;
  const start = new Date(fromStart);
  return {
    what: hasOtherTime ? (hasOtherProfessional ? "both" : "time") : "professional",
    fromStart: start.toISOString(),
    fromEnd: endOf(work, start).toISOString(),
    fromProfessionalName: (await loadProfessionalForMail(followUp.tenantId, fromProfessionalId)).name,
  };
}

const endOf = ({ booking }: BookingForWork, start: Date): Date =>
  new Date(start.getTime() + booking.ends_at.getTime() - booking.starts_at.getTime());
