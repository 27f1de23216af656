import type { CustomerPaymentLink, CustomerRest, MailMessage } from "#emails/mail-message.ts";

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
