import type { ProfessionalMoved } from "./mail-message.ts";
import { Action, answerLines, beforeLine, bookingLines, customerLines, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function professionalMoved(message: ProfessionalMoved, words: Words): MailContent {
  const { t } = words;
  const { booking, move, meetingUrl } = message;
  const intro = t(`professionalMoved.intro.${move.what}`, { professional: move.fromProfessionalName });
  const people = customerLines(words, message.customer);
  const lines = [...bookingLines(words, booking), beforeLine(words, move), ...people, ...answerLines(words, message.answers)];
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: booking.professionalName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      {message.online && <Paragraph>{meetingUrl === null ? t("professionalPaid.meetingLater") : t("professionalPaid.meeting")}</Paragraph>}
      {message.online && meetingUrl !== null && (
        <Action words={words} tenant={message.tenant} url={meetingUrl} label={t("professionalPaid.meetingButton")} />
      )}
    </>
  );
  const word = move.what === "time" ? "subject" : "subjectNew";
  const subject = t(`professionalMoved.${word}`, { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}
