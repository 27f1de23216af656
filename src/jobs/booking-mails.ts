import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { type BookingForWork, bookingOf, type CheckoutForWork, loadCheckoutForWork } from "#queries/checkout-for-work.ts";
import { loadUnpaid } from "#queries/unpaid-checkout.ts";
import {
  customerCancelledMail,
  customerPaidMail,
  merchantPaidMail,
  professionalCancelledMail,
  professionalPaidMail,
} from "./mail-messages.ts";
import type { Prepared } from "./mail-parts.ts";
import { customerMovedMail, professionalHandedOverMail, professionalMovedMail } from "./moved-mail-messages.ts";
import { orderMails } from "./orders/order-mails.ts";
import { paymentLinkMail } from "./payment-link-mail.ts";
import {
  customerRefundDoneMail,
  customerRefundFailedMail,
  customerRefundMail,
  manualRefundMail,
  merchantRefundMail,
  merchantReversedMail,
} from "./refund-mail-messages.ts";
import { reminderMail } from "./reminder-mail.ts";
import { restMail } from "./rest-mail.ts";
import { customerRoomMail, professionalRoomMail } from "./room-mail-messages.ts";
import { prepareUnpaidMail } from "./unpaid-mail.ts";

/** Returns null if there is nobody to write to, or nothing to say any more. */
export type Prepare<Work> = (work: Work, followUp: FollowUp) => Promise<Prepared | null>;

/** Sent only while the booking is paid. */
export const paidMails = {
  "mail-customer-paid": customerPaidMail,
  "mail-professional-paid": professionalPaidMail,
  "mail-merchant-paid": merchantPaidMail,
  "mail-customer-room": customerRoomMail,
  "mail-professional-room": professionalRoomMail,
  "mail-customer-moved": customerMovedMail,
  "mail-customer-reminder": reminderMail,
  "mail-professional-moved": professionalMovedMail,
} satisfies Record<string, Prepare<BookingForWork>>;

export const bookingMails = {
  "mail-customer-rest": restMail,
  "mail-customer-payment-link": paymentLinkMail,
  // Also once it is cancelled: the appointment still stands in the calendar of whoever had it.
  "mail-professional-handed-over": professionalHandedOverMail,
  "mail-customer-cancelled": customerCancelledMail,
  "mail-professional-cancelled": professionalCancelledMail,
} satisfies Record<string, Prepare<BookingForWork>>;

/** About the money of any kind of checkout. */
export const checkoutMails = {
  "mail-customer-refund": customerRefundMail,
  "mail-customer-refund-done": customerRefundDoneMail,
  "mail-customer-refund-failed": customerRefundFailedMail,
  "mail-merchant-refund": merchantRefundMail,
  "mail-merchant-refund-manual": manualRefundMail,
  "mail-merchant-reversed": merchantReversedMail,
  ...orderMails,
} satisfies Record<string, Prepare<CheckoutForWork>>;

const ofBookings: Readonly<Record<string, Prepare<BookingForWork>>> = { ...paidMails, ...bookingMails, "mail-customer-unpaid": unpaid };
const ofCheckouts: Readonly<Record<string, Prepare<CheckoutForWork>>> = checkoutMails;

/**
 * The mail of a booking's follow-up, written again from what is stored, whether it was sent or not.
 * Returns null for what is no mail of a booking.
 */
export async function prepareAgain(followUp: FollowUp): Promise<Prepared | null> {
  const { tenantId, subjectId: checkoutId, refundCaseId, job, details } = followUp;
  const work = await loadCheckoutForWork({ tenantId, checkoutId, refundCaseId, ofChargeId: details["chargeId"] });
  if (!work) return null;
  const about = Object.hasOwn(ofCheckouts, job) ? ofCheckouts[job] : undefined;
  if (about) return about(work, followUp);
  const booking = bookingOf(work);
  const prepare = Object.hasOwn(ofBookings, job) ? ofBookings[job] : undefined;
  return booking && prepare ? prepare(booking, followUp) : null;
}

async function unpaid(work: BookingForWork): Promise<Prepared> {
  return prepareUnpaidMail(work, (await loadUnpaid(work.checkout)).isUnanswered);
}
