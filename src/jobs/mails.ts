import type { FollowUp, FollowUpResult } from "#commands/follow-ups/run-follow-up.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { FollowUpJob } from "#domain/follow-ups.ts";

import { type MailAddress, messageIdOf, sendMail } from "#providers/mail/smtp.ts";
import { type BookingForWork, bookingOf, type CheckoutForWork, loadCheckoutForWork } from "#queries/checkout-for-work.ts";
import type { FollowUpJobDefinition } from "./job-definition.ts";
import {
  callbackDisabledMail,
  customerCancelledMail,
  customerPaidMail,
  merchantPaidMail,
  professionalCancelledMail,
  professionalPaidMail,
} from "./mail-messages.ts";
import type { Prepared } from "./mail-parts.ts";
import { customerRefundMail, merchantRefundMail, merchantReversedMail, unmatchedRefundMail } from "./refund-mail-messages.ts";
import { customerRoomMail, professionalRoomMail } from "./room-mail-messages.ts";

type MailJob = Extract<FollowUpJob, `mail-${string}`>;

type Prepare<Work> = (work: Work, followUp: FollowUp) => Promise<Prepared | null>;

/** Who gets which mail about a checkout. Null if there is nobody to write to, or nothing to say any more. */
const mails: Record<Exclude<MailJob, "mail-merchant-callback-disabled">, Prepare<CheckoutForWork>> = {
  "mail-customer-paid": ofBooking(whilePaid(customerPaidMail)),
  "mail-professional-paid": ofBooking(whilePaid(professionalPaidMail)),
  "mail-merchant-paid": ofBooking(whilePaid(merchantPaidMail)),
  "mail-customer-room": ofBooking(whilePaid(customerRoomMail)),
  "mail-professional-room": ofBooking(whilePaid(professionalRoomMail)),
  "mail-customer-cancelled": ofBooking(customerCancelledMail),
  "mail-professional-cancelled": ofBooking(professionalCancelledMail),
  "mail-customer-refund": customerRefundMail,
  "mail-merchant-refund": merchantRefundMail,
  "mail-merchant-reversed": ofBooking(merchantReversedMail),
};

export const mailJobs = {
  "mail-customer-paid": mail("mail-customer-paid"),
  "mail-professional-paid": mail("mail-professional-paid"),
  "mail-merchant-paid": mail("mail-merchant-paid"),
  "mail-customer-room": mail("mail-customer-room"),
  "mail-professional-room": mail("mail-professional-room"),
  "mail-customer-cancelled": mail("mail-customer-cancelled"),
  "mail-professional-cancelled": mail("mail-professional-cancelled"),
  "mail-customer-refund": mail("mail-customer-refund"),
  "mail-merchant-refund": mail("mail-merchant-refund"),
  "mail-merchant-reversed": mail("mail-merchant-reversed"),
  "mail-merchant-callback-disabled": { work: async (followUp: FollowUp) => send(followUp, await callbackDisabledMail(followUp)) },
} satisfies Record<MailJob, FollowUpJobDefinition>;

function mail(job: keyof typeof mails): FollowUpJobDefinition {
  return {
    async work(followUp) {
      if (followUp.subjectKind !== "checkout") {
        return job === "mail-merchant-refund"
          ? send(followUp, await unmatchedRefundMail(followUp))
          : { result: "skipped", reason: "the money belongs to no checkout" };
      }
      const refundCaseId = typeof followUp.details["refundCaseId"] === "string" ? followUp.details["refundCaseId"] : undefined;
      const work = await loadCheckoutForWork({ tenantId: followUp.tenantId, checkoutId: followUp.subjectId, refundCaseId });
      if (!work) return { result: "skipped", reason: "the checkout is gone" };
      return send(followUp, await mails[job](work, followUp));
    },
  };
}

function ofBooking(prepare: Prepare<BookingForWork>): Prepare<CheckoutForWork> {
  return async (work, followUp) => {
    const booking = bookingOf(work);
    return booking && prepare(booking, followUp);
  };
}

function whilePaid(prepare: Prepare<BookingForWork>): Prepare<BookingForWork> {
  return async (work, followUp) => (isPaid(work.checkout.status) ? prepare(work, followUp) : null);
}

/** The Message-ID is the follow-up's: should a crash make us send twice, mail programs show one. */
async function send(followUp: FollowUp, prepared: Prepared | null): Promise<FollowUpResult> {
  if (!prepared) return { result: "skipped", reason: "nobody to write to, or no longer true" };
  // Loaded with the first mail: the templates are heavy, and a process that only serves requests never needs them.
  const { renderMail } = await import("#emails/render-mail.ts");
  const { subject, html, text } = await renderMail(prepared.message);
  const to: MailAddress = prepared.to;
  await sendMail({
    to,
    replyTo: prepared.replyTo,
    subject,
    html,
    text,
    messageId: messageIdOf(followUp.id),
    attachments: prepared.attachments,
  });
  return { result: "done" };
}
