import type { CustomerPaymentLink, CustomerRest } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, replyLine, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

/** The merchant made the booking and asks for its money. */
export function customerPaymentLink(message: CustomerPaymentLink, words: Words): MailContent {
  const { t, money, longTime } = words;
  const { booking, tenant, currency, restDueMinor } = message;
  const amount = money(message.dueMinor, currency);
  const intro = t("customerPaymentLink.intro", { tenant: tenant.name });
  const lines = [
    ...bookingLines(words, { ...booking, reference: "" }),
    [t("customerPaymentLink.due"), amount] as const,
    [t("common.restDue"), restDueMinor > 0 ? money(restDueMinor, currency) : null] as const,
    [t("customerPaymentLink.until"), longTime(message.until)] as const,
  ];
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <WayThere words={words} booking={booking} />
      <Action words={words} tenant={tenant} url={message.payUrl} label={t("customerPaymentLink.button", { amount })} />
      <Paragraph>{t("customerPaymentLink.afterwards")}</Paragraph>
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  const subject = t("customerPaymentLink.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}

/** What a deposit has left: asked for, or paid. */
export function customerRest(message: CustomerRest, words: Words): MailContent {
  const { t, money } = words;
  const { booking, tenant, currency, isPaid } = message;
  const amount = money(message.amountMinor, currency);
  const intro = t(isPaid ? "customerRest.introPaid" : "customerRest.intro", { amount, tenant: tenant.name });
  const lines = [...bookingLines(words, booking), [t(isPaid ? "common.paid" : "common.restDue"), amount] as const];
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <Action
        words={words}
        tenant={tenant}
        url={message.bookingUrl}
        label={isPaid ? t("customerPaid.button") : t("customerRest.button", { amount })}
      />
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  const date = words.shortTime(booking.start);
  const subject = t(isPaid ? "customerRest.subjectPaid" : "customerRest.subject", { amount, service: booking.serviceName, date });
  return { subject, preview: intro, body };
}
