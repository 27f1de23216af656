import { describe, expect, test } from "vitest";
import { personMailKinds } from "#contracts/account-mails.ts";
import { refundReasons } from "#domain/refund-policy.ts";
import { type MailLocale, type MailMessage, mailLocales, reversalWords } from "#emails/mail-message.ts";
import { readableOn } from "#emails/parts.tsx";
import { renderMail } from "#emails/render-mail.ts";
import { wordsOf } from "#emails/words.ts";
import en from "#messages/mail/en.json" with { type: "json" };
import es from "#messages/mail/es.json" with { type: "json" };
import fr from "#messages/mail/fr.json" with { type: "json" };
import pt from "#messages/mail/pt.json" with { type: "json" };
import { formatShort, zoneName } from "#ui/format.ts";
import { changedMails, changes } from "./mails/changed-mails.ts";
import { answers, booking, customer, dueAt, elsewhere, evil, nextTimes, paid, refund, tenant, terms } from "./mails/mail-examples.ts";
import { askedMails, memberMails } from "./mails/member-mails.ts";
import { orderMails } from "./mails/order-mails.ts";

/** All, a part, nothing, and each after an earlier refund; then nothing was paid. */
const cancelled = [
  { backMinor: 16_000_000, beforeMinor: 0 },
  { backMinor: 8_000_000, beforeMinor: 0 },
  { backMinor: 0, beforeMinor: 0 },
  { backMinor: 4_000_000, beforeMinor: 8_000_000 },
  { backMinor: 0, beforeMinor: 8_000_000 },
  { backMinor: 0, beforeMinor: 16_000_000 },
].map((money) => ({ paidMinor: 16_000_000, ...money }));

const atPlace = { online: false, meetingUrl: null };
const accountMails = [...personMailKinds, "existing"] as const;

function messages(locale: MailLocale): MailMessage[] {
  const to = { locale, country: "CO", timezone: "America/Bogota", tenant };
  const toCustomer = { ...to, tone: "usual" as const, customerName: customer.name, canReply: true };
  return [
    {
      kind: "customer-paid",
      changes,
      ...toCustomer,
      isLate: false,
      booking,
      ...paid,
      online: true,
      meetingUrl: "https://demo.daily.co/r?t=tok",
      bookingUrl: "https://k.example/b/1",
      terms,
    },
    {
      kind: "customer-paid",
      changes,
      ...toCustomer,
      isLate: true,
      booking,
      ...paid,
      restDueMinor: 0,
      online: true,
      meetingUrl: null,
      bookingUrl: "https://k.example/b/1",
      terms: [],
    },
    {
      kind: "customer-paid",
      changes,
      ...toCustomer,
      isLate: false,
      booking,
      ...paid,
      online: false,
      meetingUrl: null,
      bookingUrl: "https://k.example/b/1",
      terms: null,
    },
    {
      kind: "professional-paid",
      ...to,
      booking,
      customer,
      isFree: false,
      isOnSite: false,
      answers,
      online: true,
      meetingUrl: "https://demo.daily.co/r?t=host",
    },
    { kind: "professional-paid", ...to, booking, customer, isFree: false, isOnSite: false, answers, online: true, meetingUrl: null },
    ...free(locale),
    ...onSite(locale),
    { kind: "merchant-paid", ...to, booking, customer, answers, ...paid },
    ...[...cancelled, null].map(
      (money): MailMessage => ({
        kind: "customer-cancelled",
        ...toCustomer,
        booking,
        money,
        currency: "COP",
        bookAgainUrl: money && "https://k.example/book/x",
      }),
    ),
    ...[false, true].map(
      (isUnanswered): MailMessage => ({
        kind: "customer-unpaid",
        ...toCustomer,
        canReply: isUnanswered,
        booking,
        isUnanswered,
        bookAgainUrl: "https://k.example/book/x",
      }),
    ),
    ...askedMails({ ...toCustomer, booking, currency: "COP" }),
    { kind: "professional-cancelled", ...to, booking, customerName: customer.name },
    { kind: "customer-room", ...toCustomer, booking, meetingUrl: "https://k.daily.example/bk?t=c", bookingUrl: "https://k.example/b" },
    ...(["time", "professional", "both"] as const).flatMap((what): MailMessage[] => {
      const move = { what, fromStart: booking.start, fromEnd: booking.end, fromProfessionalName: evil };
      const page = { online: what !== "both", meetingUrl: what === "time" ? "https://k.daily.example/bk?t=c" : null };
      return [
        ...changedMails({ ...toCustomer, booking, ...page }, move),
        { kind: "professional-moved", ...to, booking, move, customer, answers: [], ...page },
      ];
    }),
    { kind: "professional-handed-over", ...to, booking, customerName: customer.name, handedTo: evil },
    { kind: "professional-room", ...to, booking, meetingUrl: "https://k.daily.example/bk?t=h" },
    {
      kind: "professional-invitation",
      ...to,
      professionalName: customer.name,
      url: "https://k.example/connect-calendar/t",
      expiresAt: dueAt,
    },
    ...(["asked", "done", "failed"] as const).map((step): MailMessage => {
      const page = { bookingUrl: step === "done" ? null : "https://k.example/b/1", bookAgainUrl: null, providerReference: "r-1" };
      const facts = { step, at: dueAt, isCard: step === "done", booking: step === "failed" ? null : booking };
      return { kind: "customer-outside-refund", ...toCustomer, ...refund, ...page, ...facts };
    }),
    ...refundReasons.flatMap((reason): MailMessage[] => [
      {
        kind: "customer-refund",
        ...toCustomer,
        ...refund,
        reason,
        booking,
        ...elsewhere,
        dueAt,
        nextTimes,
        legalDays: reason === "withdrawal" ? 15 : null,
      },
      {
        kind: "customer-refund-done",
        ...toCustomer,
        ...refund,
        canReply: reason === "duplicate",
        reason,
        booking: reason === "duplicate" ? booking : null,
        ...{ bookingUrl: "https://k.example/b/1", bookAgainUrl: null, doneAt: dueAt, providerReference: "r-1" },
        went: reason === "duplicate" ? "card" : reason === "cancelled" ? "by_hand" : "other",
      },
      { kind: "customer-refund-failed", ...toCustomer, ...refund, reason, booking, dueAt, bookingUrl: null, bookAgainUrl: null },
      {
        kind: "merchant-refund",
        ...to,
        ...refund,
        reason,
        booking: null,
        customerName: null,
        providerChargeId: "1-2-3",
        dueAt,
        way: reason === "duplicate" ? "automatic" : reason === "cancelled" ? "gave_up" : reason === "late" ? "failed" : "manual",
        unproven: reason === "unmatched" ? ["amount", "currency", "reference"] : null,
      },
    ]),
    ...reversalWords.map(
      (state): MailMessage => ({
        kind: "merchant-reversed",
        ...to,
        state,
        asks: state !== "disputed",
        sentMinor: state === "partly_refunded" ? 5_000_000 : null,
        booking: state === "refunding" ? null : booking,
        ...(state === "refunding" && { order: { number: 12 } }),
        reference: "KF-REF-1",
        customerName: customer.name,
        amountMinor: 16_000_000,
        currency: "COP",
        providerName: "Wompi",
        providerChargeId: "1-2-3",
      }),
    ),
    {
      kind: "merchant-callback-disabled",
      ...to,
      callbackUrl: "https://shop.example/hook",
      failures: 12,
      lastError: `500 ${evil}`,
    },
    ...accountMails.map((says): MailMessage => ({ kind: "account", ...to, says, email: "ana@example.com", url: "https://k.example/x#t" })),
    { kind: "member-invitation", ...to, invitedBy: evil, role: "staff", until: dueAt, url: "https://k.example/invitation/t" },
    ...memberMails(to),
    ...orderMails(to, toCustomer),
    ...refundReasons.flatMap((reason): MailMessage[] => {
      const of = { ...refund, reason, booking: null, order: { number: reason === "capacity_gone" ? null : 12 }, dueAt };
      return [
        { kind: "customer-refund", ...toCustomer, ...of, ...elsewhere, nextTimes: [], legalDays: null },
        { kind: "merchant-refund", ...to, ...of, customerName: customer.name, providerChargeId: "1-2-3", way: "automatic", unproven: null },
      ];
    }),
  ];
}

/** The mails about a booking that costs nothing. */
function free(locale: MailLocale): MailMessage[] {
  const to = { locale, country: "CO", timezone: "America/Bogota", tenant };
  const toCustomer = { ...to, tone: "usual" as const, customerName: customer.name, canReply: true, isLate: false };
  const nothing = { amountPaidMinor: 0, restDueMinor: 0, currency: "COP" };
  return [
    { kind: "customer-paid", ...toCustomer, booking, ...nothing, ...atPlace, bookingUrl: "https://k.example/b/1", terms: null, changes },
    { kind: "professional-paid", ...to, booking, customer, isFree: true, isOnSite: false, answers: [], ...atPlace },
    { kind: "merchant-paid", ...to, booking, customer, answers: [], ...nothing },
  ];
}

function onSite(locale: MailLocale): MailMessage[] {
  const to = { locale, country: "CO", timezone: "America/Bogota", tenant };
  const toCustomer = { ...to, tone: "usual" as const, customerName: customer.name, canReply: true, isLate: false };
  const later = { amountPaidMinor: 0, restDueMinor: 4_000_050, currency: "COP" };
  return [
    { kind: "customer-paid", ...toCustomer, booking, ...later, ...atPlace, bookingUrl: "https://k.example/b/1", terms: null, changes },
    { kind: "professional-paid", ...to, booking, customer, isFree: false, isOnSite: true, answers: [], ...atPlace },
    { kind: "merchant-paid", ...to, booking, customer, answers: [], ...later },
  ];
}

test("what is paid at the place says so, and tells no customer of a payment that was made", async () => {
  for (const locale of mailLocales) {
    const texts = await Promise.all(onSite(locale).map(async (message) => await renderMail(message)));
    const { t, money } = wordsOf({ locale, country: "CO", timezone: "America/Bogota" });
    const [toCustomer, toProfessional, toMerchant] = texts.map(({ text, subject }) => `${subject}\n${text}`);
    for (const text of [toCustomer, toMerchant]) expect(text, locale).toContain(money(4_000_050, "COP"));
    expect(toCustomer).toContain(t("customerPaid.introOnSite"));
    expect(toProfessional).toContain(t("professionalPaid.introOnSite"));
    for (const text of [toCustomer, toMerchant]) expect(text, locale).not.toMatch(new RegExp(`${t("common.paid")}:|${t("common.free")}`));
  }
});

const keysOf = (value: object, path = ""): string[] =>
  Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string"
      ? [`${path}${key} ${[...inner.matchAll(/\{\w+/g)].map(String).toSorted().join("")}`]
      : keysOf(inner, `${path}${key}.`),
  );

test("the four catalogues have the same keys with the same values in them, and no empty text", () => {
  for (const catalogue of [en, fr, pt]) expect(keysOf(catalogue)).toEqual(keysOf(es));
  for (const catalogue of [es, en, fr, pt]) expect(JSON.stringify(catalogue)).not.toContain('""');
});

/** A kind that is missing here does not compile. */
const kinds: Record<MailMessage["kind"], true> = {
  "customer-paid": true,
  "professional-paid": true,
  "merchant-paid": true,
  "customer-room": true,
  "professional-room": true,
  "professional-invitation": true,
  "customer-moved": true,
  "customer-reminder": true,
  "professional-moved": true,
  "professional-handed-over": true,
  "customer-cancelled": true,
  "professional-cancelled": true,
  "customer-unpaid": true,
  "customer-payment-link": true,
  "customer-rest": true,
  ...{ "customer-outside-refund": true, "customer-refund": true },
  "customer-refund-done": true,
  "customer-refund-failed": true,
  ...{ "merchant-refund": true, "merchant-reversed": true },
  "merchant-callback-disabled": true,
  account: true,
  "member-invitation": true,
  "member-notice": true,
  "member-summary": true,
  ...{ "customer-order": true, "merchant-order": true, "customer-order-sent": true, "customer-order-cancelled": true },
};

test("every kind of mail is looked at", () => {
  expect(new Set(messages("es").map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
});

describe.each(mailLocales)("mails in %s", (locale) => {
  test.each(messages(locale).map((message) => [message.kind, "reason" in message ? message.reason : "", message] as const))(
    "%s %s is whole and lets nothing of what people type become markup",
    async (_kind, _reason, message) => {
      const { subject, html, text } = await renderMail(message);
      expect(subject.length).toBeGreaterThan(5);
      expect(subject).not.toMatch(/\p{Cc}/u);
      for (const part of [subject, text, html])
        expect(part).not.toMatch(/undefined|NaN|Invalid Date|\[object|\b(common|customer|merchant|professional)[A-Za-z]*\.[a-z]\w+/);
      expect(html).toContain(`lang="${locale}"`);
      expect(html).not.toContain("<img src=x");
      expect(html).not.toContain('href="https://evil.example"');
      expect(text).toContain(message.tenant.name);
      expect(html).toContain('src="https://cdn.example.com/logo.png"');
    },
  );
});

test("the languages differ, and the time is told in the tenant's zone with the amounts as people write them", async () => {
  const mails = await Promise.all(
    mailLocales.map((locale) => renderMail({ ...messagesOf(locale), tenant: { ...tenant, name: "Clínica" } })),
  );
  expect(new Set(mails.map((mail) => mail.subject)).size).toBe(4);
  const [spanish] = mails;
  expect(spanish?.text).toMatch(/lunes, 23 de noviembre de 2026, 8:00\sa\s8:45\sa\.\sm\. \(hora de Colombia\)/);
  expect(spanish?.text).toMatch(/\$\s160\.000/);
  expect(spanish?.text).toMatch(/\$\s40\.000,50/);
});

test.each([
  ["es-CO", "America/Bogota", "hora de Colombia"],
  ["es", "America/Bogota", "hora de Colombia"],
  ["en-CO", "America/Bogota", "Colombia Time"],
  ["es-MX", "America/Mexico_City", "hora de Ciudad de México"],
  ["en-US", "America/New_York", "Eastern Time"],
  ["fr-FR", "Europe/Paris", "heure d’Europe centrale"],
  ["es-ES", "Europe/Madrid", "hora de Europa central"],
])("in %s the zone %s is called %s, on pages and in mails", (locale, timezone, name) => {
  const start = "2026-11-23T13:00:00.000Z";
  expect(zoneName({ locale, timezone, at: start })).toBe(name);
  const [language, country = ""] = locale.split("-");
  const words = wordsOf({ locale: mailLocales.find((known) => known === language) ?? "es", country, timezone });
  expect(words.period(start, start)).toContain(`(${name})`);
  expect(words.shortTime(start)).toBe(formatShort({ instant: start, locale, timezone }));
});

test.each(mailLocales)("in %s, the mails about a free booking say that it is free, and nothing of money or a payment", async (locale) => {
  const mails = await Promise.all(free(locale).map(renderMail));
  for (const { subject, text } of mails) expect(subject + text).not.toMatch(/\bCOP\b|\$|[Pp](aid|ayment|ago|agad|agamento|ayé|aiement)/);
  const [customer, professional, merchant] = mails.map(({ subject, text }) => subject + text);
  const catalogue = { es, en, fr, pt }[locale];
  for (const told of [customer, merchant]) expect(told).toContain(catalogue.common.free);
  expect(professional).toContain(catalogue.professionalPaid.introFree);
});

const messagesOf = (locale: MailLocale): MailMessage => messages(locale).find((message) => message.kind === "customer-paid") ?? raise();
const raise = (): never => {
  throw new Error("no such message");
};

test("a colour or logo that is none never reaches the mail, and text on the tenant's colour can be read", async () => {
  const message = {
    ...messagesOf("es"),
    tenant: { name: "Clínica", logoUrl: "javascript:alert(1)", primaryColor: "red;background:url(https://evil.example)" },
  };
  const { html } = await renderMail(message);
  expect(html).not.toMatch(/javascript:|evil\.example\)/);
  expect([readableOn("#ffffff"), readableOn("#ffcc00"), readableOn("#000000"), readableOn("#1155cc")]).toEqual([
    "#000000",
    "#000000",
    "#ffffff",
    "#ffffff",
  ]);
});
