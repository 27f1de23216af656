import type { MerchantRefund } from "../mail-message.ts";
import { Facts, type MailContent, Paragraph, purchaseLines } from "../parts.tsx";
import type { Words } from "../words.ts";

export function merchantRefund(message: MerchantRefund, words: Words): MailContent {
  const { t, money } = words;
  const { reference, providerName: provider } = message;
  const way = message.unproven ? "unknown" : message.way;
  const amount = money(message.amountMinor, message.currency);
  const subjectLines = purchaseLines(words, message);
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{t("merchantRefund.intro")}</Paragraph>
      <Paragraph>{t(`merchantRefund.${message.order ? "orderReasons" : "reasons"}.${message.reason}`)}</Paragraph>
      <Facts
        words={words}
        lines={[
          ...subjectLines,
          [t("common.customer"), message.customerName],
          [t("common.amount"), amount],
          [t("common.refundNumber"), message.number],
        ]}
      />
      <Paragraph>{t(`merchantRefund.${way}`, { provider })}</Paragraph>
      {message.unproven?.map((fact) => (
        <Paragraph key={fact}>{t(`merchantRefund.unproven.${fact}`, { provider })}</Paragraph>
      ))}
      {way !== "automatic" && <Steps message={message} words={words} />}
    </>
  );
  return { subject: t("merchantRefund.subject", { amount, reference }), preview: t("merchantRefund.intro"), body };
}

function Steps({ message, words }: { message: MerchantRefund; words: Words }) {
  const { t, money, day } = words;
  return (
    <>
      <Paragraph>{t("merchantRefund.step1", { provider: message.providerName, charge: message.providerChargeId })}</Paragraph>
      <Paragraph>{t("merchantRefund.step2", { amount: money(message.amountMinor, message.currency) })}</Paragraph>
      <Paragraph>{t("merchantRefund.step3")}</Paragraph>
      <Paragraph>
        <strong>{t("merchantRefund.deadline", { date: day(message.dueAt) })}</strong>
      </Paragraph>
    </>
  );
}
