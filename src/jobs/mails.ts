import type { FollowUp, FollowUpJobDefinition, FollowUpResult } from "#commands/follow-ups/run-follow-up.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { FollowUpJob } from "#domain/follow-ups.ts";
import { messageIdOf, sendMail } from "#providers/mail/smtp.ts";
import { type BookingForWork, bookingOf, type CheckoutForWork, loadCheckoutForWork } from "#queries/checkout-for-work.ts";
import { bookingMails, checkoutMails, type Prepare, paidMails } from "./booking-mails.ts";
import { professionalInvitationMail } from "./invitation-mail-message.ts";
import { callbackDisabledMail } from "./mail-messages.ts";
import type { Prepared } from "./mail-parts.ts";
import { memberInvitationMail } from "./members/member-invitation-mail.ts";
import { memberNoticeMail, memberSummaryMail } from "./members/member-mails.ts";
import { unmatchedManualMail, unmatchedRefundMail } from "./refund-mail-messages.ts";
import { unpaidMailJob } from "./unpaid-mail.ts";

type MailJob = Extract<FollowUpJob, `mail-${string}`>;

export const mailJobs = {
  ...each(paidMails, whilePaid),
  ...each(bookingMails, aboutBooking),
  ...each(checkoutMails, aboutCheckout),
  "mail-customer-unpaid": unpaidMailJob(send),
  "mail-merchant-refund": ofMoney(checkoutMails["mail-merchant-refund"], unmatchedRefundMail),
  "mail-merchant-refund-manual": ofMoney(checkoutMails["mail-merchant-refund-manual"], unmatchedManualMail),
  "mail-member-invited": { work: async (followUp) => send(followUp, await memberInvitationMail(followUp)) },
  "mail-member-notice": { work: async (followUp) => send(followUp, await memberNoticeMail(followUp)) },
  "mail-member-summary": { work: async (followUp) => send(followUp, await memberSummaryMail(followUp)) },
  "mail-professional-invitation": { work: async (followUp) => send(followUp, await professionalInvitationMail(followUp)) },
  "mail-merchant-callback-disabled": { work: async (followUp) => send(followUp, await callbackDisabledMail(followUp)) },
} satisfies Record<MailJob, FollowUpJobDefinition>;

function each<Job extends string, Work>(
  mails: Record<Job, Prepare<Work>>,
  job: (prepare: Prepare<Work>) => FollowUpJobDefinition,
): Record<Job, FollowUpJobDefinition> {
  const jobs = Object.entries<Prepare<Work>>(mails).map(([name, prepare]) => [name, job(prepare)]);
  return Object.fromEntries(jobs) as Record<Job, FollowUpJobDefinition>;
}

/** The money may belong to no checkout. */
function ofMoney(known: Prepare<CheckoutForWork>, unmatched: (followUp: FollowUp) => Promise<Prepared | null>): FollowUpJobDefinition {
  const about = aboutCheckout(known);
  return {
    work: async (followUp) => (followUp.subjectKind === "checkout" ? about.work(followUp) : send(followUp, await unmatched(followUp))),
  };
}

function aboutCheckout(prepare: Prepare<CheckoutForWork>): FollowUpJobDefinition {
  return {
    async work(followUp) {
      const { tenantId, subjectKind, subjectId: checkoutId, refundCaseId, details } = followUp;
      if (subjectKind !== "checkout") return { result: "skipped", reason: "the money belongs to no checkout" };
      const work = await loadCheckoutForWork({ tenantId, checkoutId, refundCaseId, ofChargeId: details["chargeId"] });
      if (!work) return { result: "skipped", reason: "the checkout is gone" };
      return send(followUp, await prepare(work, followUp));
    },
  };
}

function aboutBooking(prepare: Prepare<BookingForWork>): FollowUpJobDefinition {
  return aboutCheckout(async (work, followUp) => {
    const booking = bookingOf(work);
    const prepared = booking && (await prepare(booking, followUp));
    // A retry after a move tells another time.
    return prepared && booking.booking.moves > 0 ? { wording: `move-${booking.booking.moves}`, ...prepared } : prepared;
  });
}

function whilePaid(prepare: Prepare<BookingForWork>): FollowUpJobDefinition {
  return aboutBooking(async (work, followUp) => (isPaid(work.checkout.status) ? prepare(work, followUp) : null));
}

/** Follow-up and wording make the Message-ID, so that mail programs show a repeated mail once. */
async function send(followUp: FollowUp, prepared: Prepared | null): Promise<FollowUpResult> {
  if (!prepared) return { result: "skipped", reason: "there is nobody to write to, or nothing to say any more" };
  // Loaded with the first mail: the templates are heavy, and a web process never needs them.
  const { calendarFileName, renderMail } = await import("#emails/render-mail.ts");
  const { to, replyTo, calendar, message, wording } = prepared;
  if (typeof to !== "string" && to.address === "") return { result: "skipped", reason: "the customer's data was erased" };
  const attachments = calendar && [
    {
      filename: calendarFileName(message.locale, calendar.method),
      contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
      content: calendar.text,
    },
  ];
  const rendered = await renderMail(message);
  const messageId = messageIdOf(wording ? `${followUp.id}.${wording}` : followUp.id);
  const unsubscribeUrl = "unsubscribeUrl" in message ? message.unsubscribeUrl : undefined;
  await sendMail({ fromName: message.tenant.name, to, replyTo, attachments, ...rendered, messageId, unsubscribeUrl });
  return { result: "done", effect: messageId };
}
