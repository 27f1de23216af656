import type { ProfessionalPaid } from "./mail-message.ts";
import { Action, answerLines, bookingLines, customerLines, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function professionalPaid(message: ProfessionalPaid, words: Words): MailContent {
  const { t } = words;
  const { booking, customer, meetingUrl } = message;
  const intro = t(`professionalPaid.${message.isOnSite ? "introOnSite" : message.isFree ? "introFree" : "intro"}`);
  const people = customerLines(words, customer);
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: booking.professionalName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={[...bookingLines(words, booking), ...people, ...answerLines(words, message.answers)]} />
      {message.online && <Paragraph>{meetingUrl === null ? t("professionalPaid.meetingLater") : t("professionalPaid.meeting")}</Paragraph>}
      {message.online && meetingUrl !== null && (
        <Action words={words} tenant={message.tenant} url={meetingUrl} label={t("professionalPaid.meetingButton")} />
      )}
    </>
  );
  const subject = t("professionalPaid.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}
