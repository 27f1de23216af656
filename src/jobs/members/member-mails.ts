import { z } from "zod";
import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { isNoticeKind, type NoticeKind, type NoticeMailKind, noticeMailOf } from "#domain/desk/notices.ts";
import type { MemberNoticeWords } from "#emails/mail-message.ts";
import { signUnsubscribing } from "#platform/accounts/unsubscribe-tokens.ts";
import { env } from "#platform/env.ts";
import { bookingOf, loadCheckoutForWork } from "#queries/checkout-for-work.ts";
import { loadDayForMail, loadMemberForMail, type MemberForMail, maySeeBookingOf } from "#queries/notices/notice-for-mail.ts";
import { loadVariantName } from "#queries/shop/order-for-work.ts";
import { loadRefundForMail } from "#queries/tenant-for-mail.ts";
import { fromTenant, mailBooking, type Prepared } from "../mail-parts.ts";

/** What each notice is called in the mail. A notice without a mail has no words. */
const words: Partial<Record<NoticeKind, MemberNoticeWords>> = {
  "booking.paid": "paid",
  "booking.rescheduled": "moved",
  "booking.cancelled": "cancelled",
  "order.paid": "orderPaid",
  "order.cancelled": "orderCancelled",
  "stock.low": "stockLow",
  "refund_case.manual": "refundManual",
  "refund_case.failed": "refundFailed",
  "refund_case.short_of_balance": "refundShort",
  "dispute.opened": "disputeOpened",
  "dispute.changed": "disputeChanged",
  "payment.facts_differ": "factsDiffer",
  "payment.reversed": "reversed",
  "callback.disabled": "callbackDisabled",
  "attention.arose": "waits",
};

/** Reminders, by what waits. */
const arisen: Readonly<Record<string, MemberNoticeWords>> = {
  refund_due_soon: "refundDueSoon",
  refund_due_today: "refundDueToday",
  refund_overdue: "refundOverdue",
  dispute_due_soon: "disputeDueSoon",
  dispute_due_today: "disputeDueToday",
};

/**
 * Of what has happened, to one member who has chosen it. The present is told. Returns null if they
 * have left, chosen otherwise, or may not see the booking any more.
 */
export async function memberNoticeMail(followUp: FollowUp): Promise<Prepared | null> {
  const { tenantId, memberId, eventKind, details, occurredAt } = followUp;
  const kind = isNoticeKind(eventKind) ? noticeMailOf(eventKind, details["what"]) : null;
  const found = memberId && kind && (await loadMemberForMail({ tenantId, memberId, kind, at: occurredAt }));
  const says = isNoticeKind(eventKind) ? words[eventKind] : undefined;
  if (!found || !kind || !says) return null;
  const { member, tenant } = found;
  const work = await checkoutOf(followUp);
  const booking = work && bookingOf(work);
  const isHidden = booking ? !maySeeBookingOf(member, booking.booking.professional_id) : member.role === "staff";
  if (isHidden) return null;
  const refund = followUp.refundCaseId ? await loadRefundForMail({ tenantId, refundCaseId: followUp.refundCaseId }) : undefined;
  return {
    to: { name: member.name, address: member.email },
    message: {
      kind: "member-notice",
      ...fromTenant(tenant),
      memberName: member.name,
      says: arisen[String(details["what"])] ?? says,
      booking: booking ? mailBooking(booking) : null,
      about: await aboutOf(followUp, work),
      customerName: work?.checkout.customer_name ?? null,
      refund: refund ? { amountMinor: refund.amount_minor, currency: refund.currency, dueAt: refund.due_at.toISOString() } : null,
      url: dashboard(pathOf(followUp, work)),
      unsubscribeUrl: await unsubscribeUrl({ tenantId, member, kind }),
    },
  };
}

async function checkoutOf({ tenantId, subjectKind, subjectId, details }: FollowUp) {
  const named = typeof details["checkoutId"] === "string" ? details["checkoutId"] : null;
  const checkoutId = subjectKind === "checkout" ? subjectId : named;
  return checkoutId ? loadCheckoutForWork({ tenantId, checkoutId }) : null;
}

type Work = Awaited<ReturnType<typeof checkoutOf>>;

/** An order's number, or the product of which little is left. */
async function aboutOf({ tenantId, details }: FollowUp, work: Work): Promise<string | null> {
  if (work?.order) return work.order.number === null ? null : String(work.order.number);
  const { variantId } = details;
  return typeof variantId === "string" ? loadVariantName({ tenantId, variantId }) : null;
}

function pathOf({ details }: FollowUp, work: Work): string {
  const booking = work && bookingOf(work);
  if (booking) return `/bookings/${booking.checkout.id}`;
  if (work?.order) return `/orders/${work.checkout.id}`;
  return typeof details["productId"] === "string" ? `/products/${details["productId"]}` : "/money";
}

const summaryDetails = z.object({ memberId: z.uuid(), day: z.iso.date() });

/** Who comes tomorrow. Returns null if the member has left or chosen otherwise. */
export async function memberSummaryMail(followUp: FollowUp): Promise<Prepared | null> {
  const { tenantId, occurredAt } = followUp;
  const { memberId, day } = summaryDetails.parse(followUp.details);
  const found = await loadMemberForMail({ tenantId, memberId, kind: "summary", at: occurredAt });
  if (!found) return null;
  const { member, tenant } = found;
  const { lines, more } = await loadDayForMail({ tenantId, day, member });
  return {
    to: { name: member.name, address: member.email },
    message: {
      kind: "member-summary",
      ...fromTenant(tenant),
      memberName: member.name,
      day,
      lines: lines.map(({ start, ...line }) => ({ ...line, start: start.toISOString() })),
      more,
      url: dashboard(`/calendar?day=${day}`),
      unsubscribeUrl: await unsubscribeUrl({ tenantId, member, kind: "summary" }),
    },
  };
}

const dashboard = (path: string): string => `${env().APP_URL}/dashboard${path}`;

async function unsubscribeUrl(given: { tenantId: string; member: MemberForMail; kind: NoticeMailKind }): Promise<string> {
  const { tenantId, kind, member } = given;
  const token = await signUnsubscribing({ tenantId, memberId: member.id, kind, ...(member.hour !== null && { hour: member.hour }) });
  return `${env().APP_URL}/api/notice-mails/${token}`;
}
