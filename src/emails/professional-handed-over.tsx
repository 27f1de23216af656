import type { ProfessionalHandedOver } from "./mail-message.ts";
import { bookingLines, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function professionalHandedOver(message: ProfessionalHandedOver, words: Words): MailContent {
  const { t } = words;
  const { booking, tenant, handedTo } = message;
  const intro = t("professionalHandedOver.intro", { tenant: tenant.name, professional: handedTo });
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: booking.professionalName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={[...bookingLines(words, booking), [t("common.customer"), message.customerName]]} />
    </>
  );
  const subject = t("professionalHandedOver.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}
