import type { CustomerRefund } from "../mail-message.ts";
import { Facts, Links, type MailContent, Paragraph, purchaseLines, replyLine, WayOnAction } from "../parts.tsx";
import type { Words } from "../words.ts";

export function customerRefund(message: CustomerRefund, words: Words): MailContent {
  const { t, money, day } = words;
  const { customerName, order, reason } = message;
  const amount = money(message.amountMinor, message.currency);
  const intro = t("customerRefund.intro", { amount });
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Paragraph>{t(`customerRefund.${order ? "orderReasons" : "reasons"}.${reason}`)}</Paragraph>
      <Facts
        words={words}
        lines={[...purchaseLines(words, message), [t("common.amount"), amount], [t("common.refundNumber"), message.number]]}
      />
      <Paragraph>{t("customerRefund.next", { provider: message.providerName, date: day(message.dueAt) })}</Paragraph>
      {message.legalDays !== null && (
        <Paragraph>{t("customerRefund.legal", { days: message.legalDays, date: day(message.dueAt) })}</Paragraph>
      )}
      {message.nextTimes.length > 0 && <Paragraph>{t("customerRefund.nextTimes")}</Paragraph>}
      <Links links={message.nextTimes.map(({ start, url }) => ({ url, words: words.longTime(start) }))} />
      <WayOnAction words={words} message={message} />
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  const taken = order ? "customerRefund.subjectSoldOut" : "customerRefund.subjectTaken";
  const subject = t(reason === "capacity_gone" ? taken : "customerRefund.subject", { amount });
  return { subject, preview: intro, body };
}
