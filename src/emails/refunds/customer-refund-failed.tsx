import type { CustomerRefundFailed } from "../mail-message.ts";
import { Facts, type MailContent, Paragraph, purchaseLines, replyLine, WayOnAction } from "../parts.tsx";
import type { Words } from "../words.ts";

export function customerRefundFailed(message: CustomerRefundFailed, words: Words): MailContent {
  const { t, money, day } = words;
  const { providerName: provider, tenant } = message;
  const amount = money(message.amountMinor, message.currency);
  const intro = t("customerRefundFailed.intro", { amount, provider });
  const lines = purchaseLines(words, message);
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={[...lines, [t("common.amount"), amount]]} />
      <Paragraph>{t("customerRefundFailed.next", { tenant: tenant.name, date: day(message.dueAt) })}</Paragraph>
      <WayOnAction words={words} message={message} />
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  return { subject: t("customerRefundFailed.subject", { amount }), preview: intro, body };
}
