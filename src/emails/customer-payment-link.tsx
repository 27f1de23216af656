import type { CustomerPaymentLink } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, replyLine, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

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
