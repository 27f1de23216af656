import { describe, expect, test } from "vitest";
import { refundReasons } from "#domain/refund-policy.ts";
import { type MailLocale, type MailMessage, mailLocales, memberNoticeWords, reversalWords } from "#emails/mail-message.ts";
import { renderMail } from "#emails/render-mail.ts";
import { customer, dueAt, refund } from "./mail-examples.ts";
import { orderMails } from "./order-mails.ts";

/** What belongs to appointments alone. */
const ofBookings: Record<MailLocale, RegExp> = {
  es: /\b(citas?|reservas?|reservad[oa]s?|turnos?|horas? apartadas?|agenda|cupos?)\b/i,
  en: /\b(appointments?|bookings?|booked|book)\b/i,
  fr: /(rendez-vous|réservations?|réservée?s?|créneaux?)/i,
  pt: /\b(atendimentos?|reservas?|reservad[oa]s?|consultas?|agendamentos?)\b/i,
};

const went = ["card", "other", "by_hand"] as const;
const ways = ["automatic", "manual", "gave_up", "failed"] as const;

/** Every mail that an order can cause, of each reason, with and without a number. */
function messages(locale: MailLocale): MailMessage[] {
  const tenant = { name: "Tienda Aurora", logoUrl: null, primaryColor: "#1155cc" };
  const to = { locale, country: "CO", timezone: "America/Bogota", tenant };
  const toCustomer = { ...to, tone: "usual" as const, customerName: "Ana", canReply: true };
  const pages = [
    { bookingUrl: "https://k.example/order/confirmed/1?token=t", bookAgainUrl: null },
    { bookingUrl: null, bookAgainUrl: "https://k.example/shop/x" },
  ];
  return [
    ...orderMails(to, toCustomer),
    ...memberNoticeWords
      .filter((says) => !["paid", "moved", "cancelled", "stockLow"].includes(says))
      .map((says): MailMessage => {
        const member = { memberName: "Luz", url: "https://k.example/dashboard", unsubscribeUrl: "https://k.example/api/notice-mails/t" };
        return { kind: "member-notice", ...to, ...member, says, booking: null, about: "1204", customerName: "Ana", refund: null };
      }),
    ...pages.flatMap((page, at) =>
      [at === 0 ? 1204 : null].flatMap((number): MailMessage[] => {
        const of = { ...refund, booking: null, order: { number } };
        return [
          ...(["asked", "done", "failed"] as const).map((step): MailMessage => {
            const facts = { step, at: dueAt, isCard: true, providerReference: "r-1" };
            return { kind: "customer-outside-refund", ...toCustomer, ...of, ...page, ...facts };
          }),
          ...refundReasons.flatMap((reason, place): MailMessage[] => {
            const done = { doneAt: dueAt, providerReference: "r-1" };
            const money = { ...of, reason, dueAt, customerName: customer.name, providerChargeId: "1-2-3", unproven: null };
            return [
              { kind: "customer-refund", ...toCustomer, ...of, reason, ...page, dueAt, nextTimes: [], legalDays: 15 },
              { kind: "customer-refund-done", ...toCustomer, ...of, reason, ...page, ...done, went: went[place % 3] ?? "card" },
              { kind: "customer-refund-failed", ...toCustomer, ...of, reason, ...page, dueAt },
              { kind: "merchant-refund", ...to, ...money, way: ways[place % 4] ?? "manual" },
            ];
          }),
          ...reversalWords.flatMap((state) =>
            [true, false].map((asks): MailMessage => {
              const { reason: _, ...facts } = { ...of, reason: null, customerName: "Ana", providerChargeId: "1-2-3" };
              return { kind: "merchant-reversed", ...to, ...facts, state, asks, sentMinor: state === "partly_refunded" ? 5_000_000 : null };
            }),
          ),
        ];
      }),
    ),
  ];
}

describe.each(mailLocales)("mails of orders in %s", (locale) => {
  test("none of them speaks of an appointment or a booking, and all that may name the order do", async () => {
    const all = messages(locale);
    expect(all.length).toBeGreaterThan(80);
    for (const message of all) {
      const { subject, text } = await renderMail(message);
      const said = `${subject}\n${text}`;
      expect(ofBookings[locale].exec(said)?.[0], `${message.kind}: ${said}`).toBeUndefined();
      if ("order" in message && message.order && "number" in message.order && message.order.number !== null)
        expect(said, message.kind).toMatch(/\b(12|1204)\b/);
    }
  });
});
