import type { MerchantRefund } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function merchantRefund(message: MerchantRefund, words: Words): MailContent {
  const { t, money, day } = words;
  const { booking, reference, providerName: provider } = message;
  const amount = money(message.amountMinor, message.currency);
  const subjectLines = booking ? bookingLines(words, booking) : ([[t("common.reference"), reference]] as const);
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{t("merchantRefund.intro")}</Paragraph>
      <Paragraph>{t(`merchantRefund.reasons.${message.reason}`)}</Paragraph>
      <Facts words={words} lines={[...subjectLines, [t("common.customer"), message.customerName], [t("common.amount"), amount]]} />
      <Paragraph>{t(`merchantRefund.${wayOf(message)}`, { provider })}</Paragraph>
      {message.unproven?.map((fact) => (
        <Paragraph key={fact}>{t(`merchantRefund.unproven.${fact}`, { provider })}</Paragraph>
      ))}
      <Paragraph>{t("merchantRefund.step1", { provider, charge: message.providerChargeId })}</Paragraph>
      <Paragraph>{t("merchantRefund.step2", { amount })}</Paragraph>
      <Paragraph>{t("merchantRefund.step3")}</Paragraph>
      <Paragraph>
        <strong>{t("merchantRefund.deadline", { date: day(message.dueAt) })}</strong>
      </Paragraph>
      <Action words={words} tenant={message.tenant} url={message.caseUrl} label={t("merchantRefund.button")} />
    </>
  );
  return { subject: t("merchantRefund.subject", { amount, reference }), preview: t("merchantRefund.intro"), body };
}

function wayOf({ automatic, unproven }: MerchantRefund): "automatic" | "manual" | "unknown" {
  if (unproven) return "unknown";
  return automatic ? "automatic" : "manual";
}
