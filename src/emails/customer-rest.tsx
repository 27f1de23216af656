import type { CustomerRest } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, replyLine } from "./parts.tsx";
import type { Words } from "./words.ts";

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
