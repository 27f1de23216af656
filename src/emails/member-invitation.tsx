import type { MemberInvitation } from "./mail-message.ts";
import { Action, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function memberInvitation(message: MemberInvitation, words: Words): MailContent {
  const { t } = words;
  const { tenant, invitedBy } = message;
  const intro = t("memberInvitation.intro", { name: invitedBy, tenant: tenant.name });
  const lines = [
    [t("memberInvitation.role"), t(`memberInvitation.roles.${message.role}`)],
    [t("memberInvitation.until"), words.day(message.until)],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <Action words={words} tenant={tenant} url={message.url} label={t("memberInvitation.button")} />
      <Paragraph>{t("memberInvitation.otherwise")}</Paragraph>
    </>
  );
  return { subject: t("memberInvitation.subject", { tenant: tenant.name }), preview: intro, body };
}
