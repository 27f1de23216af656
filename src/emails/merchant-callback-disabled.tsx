import type { MerchantCallbackDisabled } from "./mail-message.ts";
import { Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function merchantCallbackDisabled(message: MerchantCallbackDisabled, words: Words): MailContent {
  const { t } = words;
  const lines = [
    [t("merchantCallbackDisabled.address"), message.callbackUrl],
    [t("merchantCallbackDisabled.failures"), String(message.failures)],
    [t("merchantCallbackDisabled.lastError"), message.lastError],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{t("merchantCallbackDisabled.intro")}</Paragraph>
      <Facts words={words} lines={lines} />
      <Paragraph>{t("merchantCallbackDisabled.effect")}</Paragraph>
      <Paragraph>{t("merchantCallbackDisabled.steps")}</Paragraph>
    </>
  );
  return { subject: t("merchantCallbackDisabled.subject"), preview: t("merchantCallbackDisabled.intro"), body };
}
