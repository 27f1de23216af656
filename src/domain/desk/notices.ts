import type { EventKind } from "../follow-ups.ts";
import { type Permission, type Role, roles } from "../roles.ts";

/** Mails that members choose for themselves. */
export const noticeMailKinds = [
  "new_booking",
  "moved",
  "cancelled",
  "new_order",
  "stock_low",
  "refund_waits",
  "attention",
  "summary",
] as const;
export type NoticeMailKind = (typeof noticeMailKinds)[number];

type NoticeRule = { needs: Permission; mail: NoticeMailKind | null };

/**
 * What the bell tells, whom, and which mail goes with it. Product owners can read this. Staff hear
 * only of their own bookings besides.
 */
const rules = {
  "booking.paid": { needs: "bookings.read", mail: "new_booking" },
  "booking.rescheduled": { needs: "bookings.read", mail: "moved" },
  "booking.cancelled": { needs: "bookings.read", mail: "cancelled" },
  "booking.rest_paid": { needs: "bookings.read", mail: null },
  "order.paid": { needs: "orders.read", mail: "new_order" },
  "order.cancelled": { needs: "orders.read", mail: "cancelled" },
  "stock.low": { needs: "products.read", mail: "stock_low" },
  "refund_case.opened": { needs: "payments.read", mail: null },
  "refund_case.manual": { needs: "payments.read", mail: "refund_waits" },
  "refund_case.failed": { needs: "payments.read", mail: "refund_waits" },
  "refund_case.short_of_balance": { needs: "payments.read", mail: "refund_waits" },
  "refund_case.withdrawn": { needs: "payments.read", mail: null },
  "payment.facts_differ": { needs: "payments.read", mail: "attention" },
  "payment.reversed": { needs: "payments.read", mail: "attention" },
  "payment.restored": { needs: "payments.read", mail: null },
  "dispute.opened": { needs: "payments.read", mail: "attention" },
  "dispute.changed": { needs: "payments.read", mail: "attention" },
  "callback.disabled": { needs: "payments.read", mail: "attention" },
  "attention.arose": { needs: "payments.read", mail: "attention" },
} as const satisfies Partial<Record<EventKind, NoticeRule>>;
export type NoticeKind = keyof typeof rules;
const ruleOf: Readonly<Record<NoticeKind, NoticeRule>> = rules;

export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(rules, kind);
export const noticeKinds = Object.keys(rules).filter(isNoticeKind);

/** What the bell tells somebody of this role. */
export function noticeKindsOf(role: Role): NoticeKind[] {
  return noticeKinds.filter((kind) => roles[role].includes(ruleOf[kind].needs));
}

/** What somebody of this role may choose. */
export function noticeMailsOf(role: Role): NoticeMailKind[] {
  const told = new Set(noticeKindsOf(role).map((kind) => ruleOf[kind].mail));
  return noticeMailKinds.filter((kind) => kind === "summary" || told.has(kind));
}

/** What begins to wait for a person without an event of its own. */
export const arisenKinds = [
  "provider_does_not_answer",
  "payment_not_answered",
  "approval_not_settled",
  "settlement_differs",
  "follow_up_failed",
  "refund_due_soon",
  "refund_due_today",
  "refund_overdue",
  "dispute_due_soon",
  "dispute_due_today",
] as const;
export type ArisenKind = (typeof arisenKinds)[number];

/** Hours before evidence is due: the first and the last reminder. */
export const disputeDueSoonHours = 72;
export const disputeDueTodayHours = 24;

/** Of a refund that a person must send: the day before, the day itself, and once it is late. */
export const refundReminders: readonly unknown[] = ["refund_due_soon", "refund_due_today", "refund_overdue"];

/** `what`: of `attention.arose`, one of `arisenKinds`. Returns null if no mail goes with it. */
export function noticeMailOf(kind: NoticeKind, what: unknown): NoticeMailKind | null {
  return refundReminders.includes(what) ? "refund_waits" : ruleOf[kind].mail;
}
