import type { AccountMail } from "./mail-message.ts";
import { Action, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

/** About a person's own account: what was asked for, or what has changed. */
export function accountMail(message: AccountMail, words: Words): MailContent {
  const { t } = words;
  const key = keys[message.says];
  const intro = t(`account.${key}.intro`, { address: message.email });
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Action words={words} tenant={message.tenant} url={message.url} label={t(`account.${key}.button`)} />
      <Paragraph>{t(`account.${key}.otherwise`)}</Paragraph>
    </>
  );
  return { subject: t(`account.${key}.subject`), preview: intro, body };
}

const keys = {
  verify: "verify",
  existing: "existing",
  reset: "reset",
  "email-change": "emailChange",
  "email-changed": "emailChanged",
  "password-changed": "passwordChanged",
  "two-factor-on": "twoFactorOn",
  "two-factor-off": "twoFactorOff",
  "passkey-added": "passkeyAdded",
  "passkey-removed": "passkeyRemoved",
} as const satisfies Record<AccountMail["says"], string>;
