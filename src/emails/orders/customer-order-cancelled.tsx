import { refundLines } from "../customer-cancelled.tsx";
import { Action, Facts, type MailContent, Paragraph, replyLine } from "../parts.tsx";
import type { Words } from "../words.ts";
import type { CustomerOrderCancelled } from "./order-message.ts";
import { orderLines, Receipt } from "./order-parts.tsx";

export function customerOrderCancelled(message: CustomerOrderCancelled, words: Words): MailContent {
  const { t } = words;
  const { order, tenant, money } = message;
  const intro = t("order.cancelled.intro", { tenant: tenant.name });
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={orderLines(words, order)} />
      <Receipt words={words} order={order} />
      {refundLines({ money, currency: order.currency }, words).map((line) => (
        <Paragraph key={line}>{line}</Paragraph>
      ))}
      <Action words={words} tenant={tenant} url={message.shopUrl} label={t("order.shopButton")} />
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  return { subject: t("order.cancelled.subject", { number: order.number }), preview: intro, body };
}
