import {
  type CustomerPaymentLink,
  type CustomerRest,
  type MailLocale,
  type MailMessage,
  type MailTenant,
  memberNoticeWords,
} from "#emails/mail-message.ts";
import { booking, dueAt, evil } from "./mail-examples.ts";

type Addressed = { locale: MailLocale; country: string; timezone: string; tenant: MailTenant };
const toMember = { memberName: evil, url: "https://k.example/dashboard", unsubscribeUrl: "https://k.example/api/notice-mails/t" };

/** Of every thing that a member may be told, with and without a booking, and of days with none, one and many. */
export function memberMails(to: Addressed): MailMessage[] {
  const about = { booking, customerName: evil, refund: { amountMinor: 16_000_000, currency: "COP", dueAt } };
  const line = { start: booking.start, service: booking.serviceName, professional: "Dra. Ruiz", customer: evil };
  return [
    ...memberNoticeWords.map((says): MailMessage => ({ kind: "member-notice", ...to, ...toMember, says, ...about })),
    { kind: "member-notice", ...to, ...toMember, says: "waits", booking: null, customerName: null, refund: null },
    ...[0, 1, 2].map((count): MailMessage => {
      const lines = Array.from({ length: count }, () => line);
      return { kind: "member-summary", ...to, ...toMember, day: "2026-11-23", lines, more: count === 2 ? 3 : 0 };
    }),
  ];
}

type Shared = Omit<CustomerRest, "kind" | "isPaid" | "amountMinor" | "bookingUrl"> &
  Omit<CustomerPaymentLink, "kind" | "dueMinor" | "restDueMinor" | "until" | "payUrl">;

/** Mails that ask a customer for money, and the receipt of a rest. */
export function askedMails(shared: Shared): MailMessage[] {
  const bookingUrl = "https://k.example/b";
  return [
    ...[false, true].map((isPaid): MailMessage => ({ kind: "customer-rest", ...shared, isPaid, amountMinor: 75_000_00, bookingUrl })),
    ...[0, 75_000_00].map(
      (restDueMinor): MailMessage => ({
        kind: "customer-payment-link",
        ...shared,
        dueMinor: 25_000_00,
        restDueMinor,
        until: shared.booking.start,
        payUrl: bookingUrl,
      }),
    ),
  ];
}
