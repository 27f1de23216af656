import type { CustomerCancelled } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, replyLine, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerCancelled(message: CustomerCancelled, words: Words): MailContent {
  const { t, money } = words;
  const { booking, tenant, refundAmountMinor, bookAgainUrl } = message;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{t("customerCancelled.intro")}</Paragraph>
      <Facts words={words} lines={bookingLines(words, booking)} />
      {refundAmountMinor !== null && (
        <Paragraph>{t("customerCancelled.refund", { amount: money(refundAmountMinor, message.currency) })}</Paragraph>
      )}
      {bookAgainUrl !== null && <Action words={words} tenant={tenant} url={bookAgainUrl} label={t("customerCancelled.button")} />}
      <Paragraph>{replyLine(words, message)}</Paragraph>
      <WayThere words={words} booking={{ ...booking, place: { ...booking.place, directions: null, mapUrl: null } }} />
    </>
  );
  const subject = t("customerCancelled.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: t("customerCancelled.intro"), body };
}
