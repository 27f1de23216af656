import type { FollowUp, FollowUpJobDefinition, FollowUpResult } from "#commands/follow-ups/run-follow-up.ts";
import { type BookingForWork, loadBookingForWork } from "#queries/checkout-for-work.ts";
import { loadUnpaid } from "#queries/unpaid-checkout.ts";
import { bookAgainPage, customersBooking, type Prepared, toCustomer } from "./mail-parts.ts";

/** Looks again while a bank decides. Money that comes after all is told by another mail. */
const againSeconds = 900;

type Send = (followUp: FollowUp, prepared: Prepared) => Promise<FollowUpResult>;

/**
 * Writes to a customer who tried to pay and may have left before the answer, once, when the answer
 * is known or can no longer come. Whoever never tried hears nothing.
 */
export function unpaidMailJob(send: Send): FollowUpJobDefinition {
  return {
    async work(followUp) {
      const { tenantId, subjectId: checkoutId } = followUp;
      const work = await loadBookingForWork({ tenantId, checkoutId });
      if (!work) return { result: "skipped", reason: "the checkout is gone" };
      const { isUnpaid, isUnanswered, isAwaited, isTakenAgain } = await loadUnpaid(work.checkout);
      if (!isUnpaid) return { result: "skipped", reason: "money came, and another mail tells of it" };
      if (isTakenAgain) return { result: "skipped", reason: "the customer has paid another booking, or is about to" };
      if (isAwaited) return { result: "again", inSeconds: againSeconds };
      return send(followUp, prepareUnpaidMail(work, isUnanswered));
    },
  };
}

export function prepareUnpaidMail(work: BookingForWork, isUnanswered: boolean): Prepared {
  const { says, ...to } = toCustomer(work);
  return {
    ...to,
    // The bank may answer between two tries. A customer whose first mail came must see the second.
    wording: isUnanswered ? "unanswered" : "declined",
    message: { kind: "customer-unpaid", ...says, booking: customersBooking(work), isUnanswered, bookAgainUrl: bookAgainPage(work) },
  };
}
