import type { ProfessionalCancelled } from "./mail-message.ts";
import { bookingLines, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function professionalCancelled(message: ProfessionalCancelled, words: Words): MailContent {
  const { t } = words;
  const { booking } = message;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: booking.professionalName })}</Paragraph>
      <Paragraph>{t("professionalCancelled.intro")}</Paragraph>
      <Facts words={words} lines={[...bookingLines(words, booking), [t("common.customer"), message.customerName]]} />
    </>
  );
  const subject = t("professionalCancelled.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: t("professionalCancelled.intro"), body };
}
