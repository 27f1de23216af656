import type { ProfessionalInvitation } from "./mail-message.ts";
import { Action, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function professionalInvitation(message: ProfessionalInvitation, words: Words): MailContent {
  const { t } = words;
  const { tenant, professionalName, url, expiresAt } = message;
  const intro = t("professionalInvitation.intro", { tenant: tenant.name });
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: professionalName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Paragraph>{t("professionalInvitation.what")}</Paragraph>
      <Action words={words} tenant={tenant} url={url} label={t("professionalInvitation.button")} />
      <Paragraph>{t("professionalInvitation.until", { date: words.day(expiresAt) })}</Paragraph>
    </>
  );
  return { subject: t("professionalInvitation.subject", { tenant: tenant.name }), preview: intro, body };
}
