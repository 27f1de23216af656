import type { CustomerRoom } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerRoom(message: CustomerRoom, words: Words): MailContent {
  const { t } = words;
  const { booking, tenant } = message;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{t("customerRoom.intro")}</Paragraph>
      <Facts words={words} lines={bookingLines(words, booking)} />
      <WayThere words={words} booking={booking} />
      <Paragraph>{t("customerPaid.meeting")}</Paragraph>
      <Action words={words} tenant={tenant} url={message.meetingUrl} label={t("customerPaid.meetingButton")} />
      <Action words={words} tenant={tenant} url={message.bookingUrl} label={t("customerPaid.button")} />
    </>
  );
  const subject = t("customerRoom.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: t("customerRoom.intro"), body };
}
