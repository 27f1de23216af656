import { Action, Facts, type MailContent, Paragraph, replyLine } from "../parts.tsx";
import type { Words } from "../words.ts";
import type { CustomerOrderSent } from "./order-message.ts";
import { deliveryLines, orderLines } from "./order-parts.tsx";

export function customerOrderSent(message: CustomerOrderSent, words: Words): MailContent {
  const { t } = words;
  const { order, tenant, trackingUrl } = message;
  const what = order.delivery.kind === "pickup" ? "ready" : "sent";
  const intro = t(`order.${what}.intro`, { tenant: tenant.name });
  const facts = [
    ...orderLines(words, order),
    ...deliveryLines(words, order.delivery),
    [t("order.carrier"), message.carrier],
    [t("order.tracking"), message.trackingNumber],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={facts} />
      {order.lines.map(({ title, quantity }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and titles may be equal
        <Paragraph key={index}>{t("order.line", { quantity, title })}</Paragraph>
      ))}
      {trackingUrl !== null && <Action words={words} tenant={tenant} url={trackingUrl} label={t("order.sent.button")} />}
      <Action words={words} tenant={tenant} url={message.orderUrl} label={t("order.button")} />
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  return { subject: t(`order.${what}.subject`, { number: order.number }), preview: intro, body };
}
