import type { CustomerUnpaid } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, replyLine, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerUnpaid(message: CustomerUnpaid, words: Words): MailContent {
  const { t } = words;
  const { booking, tenant } = message;
  const intro = t(message.isUnanswered ? "customerUnpaid.introUnanswered" : "customerUnpaid.intro");
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={bookingLines(words, booking)} />
      <Paragraph>{t(message.isUnanswered ? "customerUnpaid.nextUnanswered" : "customerUnpaid.next")}</Paragraph>
      <Action words={words} tenant={tenant} url={message.bookAgainUrl} label={t("customerUnpaid.button")} />
      <Paragraph>{replyLine(words, message)}</Paragraph>
      <WayThere words={words} booking={{ ...booking, place: { ...booking.place, directions: null, mapUrl: null } }} />
    </>
  );
  const subject = t("customerUnpaid.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}
