import type { ProfessionalRoom } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function professionalRoom(message: ProfessionalRoom, words: Words): MailContent {
  const { t } = words;
  const { booking, meetingUrl } = message;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: booking.professionalName })}</Paragraph>
      <Paragraph>{t("professionalRoom.intro")}</Paragraph>
      <Facts words={words} lines={bookingLines(words, booking)} />
      <Paragraph>{t("professionalPaid.meeting")}</Paragraph>
      <Action words={words} tenant={message.tenant} url={meetingUrl} label={t("professionalPaid.meetingButton")} />
    </>
  );
  const subject = t("professionalRoom.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: t("professionalRoom.intro"), body };
}
