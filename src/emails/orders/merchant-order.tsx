import { Action, customerLines, Facts, type MailContent, Paragraph } from "../parts.tsx";
import type { Words } from "../words.ts";
import type { MerchantOrder } from "./order-message.ts";
import { deliveryLines, orderLines, Receipt, Written } from "./order-parts.tsx";

export function merchantOrder(message: MerchantOrder, words: Words): MailContent {
  const { t, money } = words;
  const { order, customer, tenant, note } = message;
  const intro = t("order.merchant.intro", { customer: customer.name });
  const facts = [...orderLines(words, order), ...customerLines(words, customer), ...deliveryLines(words, order.delivery)] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={facts} />
      <Receipt words={words} order={order} />
      {note !== null && <Written words={words} label={t("order.note")} text={note} />}
      <Action words={words} tenant={tenant} url={message.orderUrl} label={t("order.merchant.button")} />
    </>
  );
  const amount = money(order.totalMinor, order.currency);
  return { subject: t("order.merchant.subject", { number: order.number, amount }), preview: intro, body };
}
