import type { MerchantReversed } from "../mail-message.ts";
import { Facts, type MailContent, Paragraph, purchaseLines } from "../parts.tsx";
import type { Words } from "../words.ts";

export function merchantReversed(message: MerchantReversed, words: Words): MailContent {
  const { t, money } = words;
  const { order, state, asks, providerName: provider, customerName, providerChargeId: charge } = message;
  const amount = money(message.amountMinor, message.currency);
  const said = order ? "merchantReversed.order" : "merchantReversed";
  const intro =
    message.sentMinor === null
      ? t(`${said}.states.${state}`, { provider })
      : t(`${said}.outside`, { amount: money(message.sentMinor, message.currency), provider });
  const lines = [...purchaseLines(words, message), [t("common.customer"), customerName], [t("common.amount"), amount]] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <Paragraph>
        <strong>{t(`${said}.${asks ? "question" : "stands"}`)}</strong>
      </Paragraph>
      <Paragraph>{t("merchantReversed.look", { provider, charge })}</Paragraph>
    </>
  );
  return { subject: t(`${said}.subject`, { amount, reference: message.reference }), preview: intro, body };
}
