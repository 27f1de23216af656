import { type EventKind, type FollowUpJob, followUps } from "#domain/follow-ups.ts";
import type { Catalogue } from "./catalogues.ts";

type FollowUpName = `${EventKind} ${FollowUpJob}`;

/** Every text that promises a message, and the follow-ups that keep it. `page.`, `mail.` and `shop.` are the catalogues. */
export const promises: Record<string, readonly FollowUpName[]> = {
  "page.details.emailHint": ["booking.paid mail-customer-paid"],
  // Whatever the answer is: booked, booked late, in vain, or sent back.
  "page.confirm.late.text": [
    "booking.paid mail-customer-paid",
    "booking.failed mail-customer-unpaid",
    "refund_case.opened mail-customer-refund",
  ],
  "page.confirm.askingNext.approved": ["booking.paid mail-customer-paid", "refund_case.opened mail-customer-refund"],
  "page.confirm.free.late.text": ["booking.paid mail-customer-paid"],
  "page.confirm.refund.underWay": ["refund_case.done mail-customer-refund-done"],
  "page.confirm.mailSent": ["booking.paid mail-customer-paid"],
  "page.confirm.meetingSoon": ["booking.paid mail-customer-paid", "booking.room_ready mail-customer-room"],
  "page.confirm.reversed.text": ["booking.cancelled mail-customer-cancelled"],
  "page.noscript.bookingText": ["booking.paid mail-customer-paid"],
  "page.problems.bookingUnknown.text": ["booking.paid mail-customer-paid"],
  "mail.customerPaid.meetingLater": ["booking.room_ready mail-customer-room"],
  "mail.professionalPaid.meetingLater": ["booking.room_ready mail-professional-room"],
  "mail.customerCancelled.refund": ["refund_case.opened mail-customer-refund", "refund_case.done mail-customer-refund-done"],
  "mail.customerMoved.givesBack": ["refund_case.opened mail-customer-refund", "refund_case.done mail-customer-refund-done"],
  "page.ownChanges.cancel.how": ["refund_case.done mail-customer-refund-done"],
  "mail.customerCancelled.refundPart": ["refund_case.opened mail-customer-refund", "refund_case.done mail-customer-refund-done"],
  "mail.customerUnpaid.nextUnanswered": ["booking.paid mail-customer-paid", "refund_case.opened mail-customer-refund"],
  "mail.customerPaymentLink.afterwards": ["booking.paid mail-customer-paid"],
  "mail.customerRefund.next": ["refund_case.opened advance-refund", "refund_case.done mail-customer-refund-done"],
  "mail.customerOutsideRefund.asked.next": [
    "payment.reversed watch-outside-refund",
    "payment.refund_done mail-customer-refund-done",
    "payment.restored mail-customer-refund-failed",
  ],
  "mail.customerOutsideRefund.stands": ["booking.cancelled mail-customer-cancelled"],
  "mail.customerOutsideRefund.orderStands": ["order.cancelled mail-customer-order-cancelled"],
  "mail.customerRefundFailed.next": ["refund_case.done mail-customer-refund-done"],
  "mail.merchantRefund.step3": ["refund_case.done mail-customer-refund-done"],
  "mail.merchantRefund.automatic": ["refund_case.manual mail-merchant-refund-manual"],
  "shop.noscript.bookingText": ["order.paid mail-customer-order"],
  "shop.problems.orderUnknown.text": ["order.paid mail-customer-order"],
  "shop.shopCheckout.emailHint": ["order.paid mail-customer-order"],
  // Whatever the answer is: ordered, ordered late, or sent back.
  "shop.shopOrder.late.text": ["order.paid mail-customer-order", "refund_case.opened mail-customer-refund"],
  "shop.shopOrder.askingNext.approved": ["order.paid mail-customer-order", "refund_case.opened mail-customer-refund"],
  "shop.shopOrder.reversed.text": ["order.cancelled mail-customer-order-cancelled"],
  "shop.shopOrder.free.late.text": ["order.paid mail-customer-order"],
  "shop.shopOrder.next.mail": ["order.paid mail-customer-order"],
  "shop.shopOrder.next.pickup": ["order.sent mail-customer-order-sent"],
  "shop.shopOrder.next.pickupIn": ["order.sent mail-customer-order-sent"],
  "shop.shopOrder.refund.underWay": ["refund_case.done mail-customer-refund-done"],
};

/** Words with which each language promises a message. So does every text that names the address. */
const promising: Record<string, RegExp> = {
  es: /escribiremos|avisaremos|te (llega|llegará|diremos|contamos (cómo|cuándo))|(en|por) (otro )?correo\b|(te|lo|la|los) enviaremos|enviamos la/i,
  en: /\b(we|will) (will )?(write|email|send you|let you know|tell you)|will reach you|(another|by|in) e-?mail|have sent|arrives there/i,
  fr: /écrirons|préviendrons|enverrons|dirons|parviendra|arrivera|(autre|par) (e-mail|message)/i,
  pt: /escreveremos|avisaremos|enviaremos|vamos enviar|chegará|(outro|por) e-mail|contamos como/i,
};

/** Complaints about promises that nothing keeps, and about entries that promise nothing any more. */
export function promiseComplaints(catalogues: Record<string, Catalogue>, kept = promises): string[] {
  const found = new Set(Object.entries(catalogues).flatMap(([locale, catalogue]) => promisesIn(catalogue, promising[locale] ?? /$^/)));
  const broken = [...found].filter((key) => !kept[key]?.length).map((key) => `${key} promises a message, and no follow-up keeps it`);
  const stale = Object.keys(kept).filter((key) => !found.has(key));
  return [...broken, ...stale.map((key) => `${key} promises nothing`), ...Object.entries(kept).flatMap(unknownFollowUps)];
}

function unknownFollowUps([key, names]: [string, readonly FollowUpName[]]): string[] {
  const known = Object.entries(followUps).flatMap(([event, rules]) => rules.map(({ job }) => `${event} ${job}`));
  return names.filter((name) => !known.includes(name)).map((name) => `${key}: nothing runs ${name}`);
}

function promisesIn(catalogue: Catalogue, words: RegExp, prefix = ""): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) => {
    if (typeof value === "string") return words.test(value) || value.includes("{email}") ? [`${prefix}${key}`] : [];
    return promisesIn(value, words, `${prefix}${key}.`);
  });
}
