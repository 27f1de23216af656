import type { FollowUp, FollowUpResult } from "#commands/follow-ups/run-follow-up.ts";
import type { BookingState } from "#contracts/checkout.ts";
import { isBookingPaid } from "#domain/checkout-states.ts";
import type { FollowUpJob } from "#domain/follow-ups.ts";

import { type MailAddress, messageIdOf, sendMail } from "#providers/mail/smtp.ts";
import { type BookingForWork, loadBookingForWork } from "#queries/booking-for-work.ts";
import {
  callbackDisabledMail,
  customerCancelledMail,
  customerPaidMail,
  merchantPaidMail,
  professionalCancelledMail,
  professionalPaidMail,
} from "./mail-messages.ts";
import type { Prepared } from "./mail-parts.ts";
import { customerRefundMail, merchantRefundMail, unmatchedRefundMail } from "./refund-mail-messages.ts";
import type { FollowUpJobDefinition } from "./registry.ts";
import { customerRoomMail, professionalRoomMail } from "./room-mail-messages.ts";

type MailJob = Extract<FollowUpJob, `mail-${string}`>;

/** Who gets which mail. Null: there is nobody to write to, or nothing to say any more. */
const bookingMails: Record<
  Exclude<MailJob, "mail-merchant-callback-disabled">,
  (work: BookingForWork, followUp: FollowUp) => Promise<Prepared | null>
> = {
  "mail-customer-paid": whilePaid(customerPaidMail),
  "mail-professional-paid": whilePaid(professionalPaidMail),
  "mail-merchant-paid": whilePaid(merchantPaidMail),
  "mail-customer-room": whilePaid(customerRoomMail),
  "mail-professional-room": whilePaid(professionalRoomMail),
  "mail-customer-cancelled": customerCancelledMail,
  "mail-professional-cancelled": professionalCancelledMail,
  "mail-customer-refund": customerRefundMail,
  "mail-merchant-refund": merchantRefundMail,
};

export const mailJobs = {
  "mail-customer-paid": bookingMail("mail-customer-paid"),
  "mail-professional-paid": bookingMail("mail-professional-paid"),
  "mail-merchant-paid": bookingMail("mail-merchant-paid"),
  "mail-customer-room": bookingMail("mail-customer-room"),
  "mail-professional-room": bookingMail("mail-professional-room"),
  "mail-customer-cancelled": bookingMail("mail-customer-cancelled"),
  "mail-professional-cancelled": bookingMail("mail-professional-cancelled"),
  "mail-customer-refund": bookingMail("mail-customer-refund"),
  "mail-merchant-refund": bookingMail("mail-merchant-refund"),
  "mail-merchant-callback-disabled": { work: async (followUp: FollowUp) => send(followUp, await callbackDisabledMail(followUp)) },
} satisfies Record<MailJob, FollowUpJobDefinition>;

function bookingMail(job: keyof typeof bookingMails): FollowUpJobDefinition {
  return {
    async work(followUp) {
      if (followUp.subjectKind !== "booking") {
        return job === "mail-merchant-refund"
          ? send(followUp, await unmatchedRefundMail(followUp))
          : { result: "skipped", reason: "the money belongs to no booking" };
      }
      const refundCaseId = typeof followUp.details["refundCaseId"] === "string" ? followUp.details["refundCaseId"] : undefined;
      const work = await loadBookingForWork({ tenantId: followUp.tenantId, bookingId: followUp.subjectId, refundCaseId });
      if (!work) return { result: "skipped", reason: "the booking is gone" };
      return send(followUp, await bookingMails[job](work, followUp));
    },
  };
}

function whilePaid(prepare: (work: BookingForWork, followUp: FollowUp) => Promise<Prepared | null>) {
  return async (work: BookingForWork, followUp: FollowUp) =>
    isBookingPaid(work.booking.status as BookingState["status"]) ? prepare(work, followUp) : null;
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
