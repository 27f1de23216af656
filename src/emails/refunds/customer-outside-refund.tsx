import type { CustomerOutsideRefund } from "../mail-message.ts";
import { Facts, type MailContent, Paragraph, purchaseLines, replyLine, WayOnAction } from "../parts.tsx";
import type { Words } from "../words.ts";

/** The merchant made it in the provider's own panel. It has no number and no deadline of ours. */
export function customerOutsideRefund(message: CustomerOutsideRefund, words: Words): MailContent {
  const { t, money, day } = words;
  const { step, order, providerName: provider, tenant, isCard } = message;
  const stands = order ? "orderStands" : "stands";
  const amount = money(message.amountMinor, message.currency);
  const intro = t(`customerOutsideRefund.${step}.intro`, { amount, tenant: tenant.name, provider });
  const lines = [
    [t("common.amount"), amount],
    ...(step === "done" ? ([[t("customerRefundDone.date"), day(message.at)]] as const) : []),
    ...purchaseLines(words, message),
    [t("customerRefundDone.providerReference", { provider }), message.providerReference],
  ] as const;
  const next =
    step === "done"
      ? t(`customerRefundDone.${isCard ? "bank" : "bankOther"}`)
      : t(`customerOutsideRefund.${step}.next`, { tenant: tenant.name });
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <Paragraph>{next}</Paragraph>
      {message.bookingUrl !== null && <Paragraph>{t(`customerOutsideRefund.${stands}`, { tenant: tenant.name })}</Paragraph>}
      <WayOnAction words={words} message={message} />
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
  return { subject: t(`customerOutsideRefund.${step}.subject`, { amount, tenant: tenant.name }), preview: intro, body };
}
