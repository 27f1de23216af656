import { Action, Facts, type MailContent, Paragraph, replyLine } from "../parts.tsx";
import type { Words } from "../words.ts";
import type { CustomerOrder } from "./order-message.ts";
import { deliveryLines, orderLines, Receipt, Written } from "./order-parts.tsx";

/** The receipt. */
export function customerOrder(message: CustomerOrder, words: Words): MailContent {
  const { t, longTime } = words;
  const { order, seller, tenant } = message;
  const isFree = order.totalMinor === 0;
  const intro = t(`order.paid.${isFree ? "introFree" : message.isLate ? "introLate" : "intro"}`, { tenant: tenant.name });
  const facts = [
    ...orderLines(words, order),
    [t("order.paidAt"), longTime(message.paidAt)],
    [t("order.transaction"), isFree ? null : message.transactionId],
    ...deliveryLines(words, order.delivery),
  ] as const;
  const sellers = [
    [t("order.seller"), seller.name],
    [t("order.taxId"), seller.taxId],
    [t("order.sellerAddress"), seller.address],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={facts} />
      <Receipt words={words} order={order} />
      <Action words={words} tenant={tenant} url={message.orderUrl} label={t("order.button")} />
      <Facts words={words} lines={sellers} />
      {seller.returns !== null && <Written words={words} label={t("order.returns")} text={seller.returns} />}
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  return { subject: t("order.paid.subject", { number: order.number, tenant: tenant.name }), preview: intro, body };
}
