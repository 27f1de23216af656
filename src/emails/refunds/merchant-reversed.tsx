import type { MerchantReversed } from "../mail-message.ts";
import { bookingLines, Facts, type MailContent, Paragraph } from "../parts.tsx";
import type { Words } from "../words.ts";

export function merchantReversed(message: MerchantReversed, words: Words): MailContent {
  const { t, money } = words;
  const { booking, state, asks, providerName: provider, customerName, providerChargeId: charge } = message;
  const amount = money(message.amountMinor, message.currency);
  const intro =
    message.sentMinor === null
      ? t(`merchantReversed.states.${state}`, { provider })
      : t("merchantReversed.outside", { amount: money(message.sentMinor, message.currency), provider });
  const lines = [...bookingLines(words, booking), [t("common.customer"), customerName], [t("common.amount"), amount]] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <Paragraph>
        <strong>{t(asks ? "merchantReversed.question" : "merchantReversed.stands")}</strong>
      </Paragraph>
      <Paragraph>{t("merchantReversed.look", { provider, charge })}</Paragraph>
    </>
  );
  return { subject: t("merchantReversed.subject", { amount, reference: booking.reference }), preview: intro, body };
}
