import type { CustomerRefundDone } from "../mail-message.ts";
import { Facts, type MailContent, Paragraph, purchaseLines, WayOnAction } from "../parts.tsx";
import type { Words } from "../words.ts";

/** When it can be seen. Nobody promises more than is known of that way. */
const arrivals = { card: "bank", other: "bankOther", by_hand: "byHand" } as const;

export function customerRefundDone(message: CustomerRefundDone, words: Words): MailContent {
  const { t, money, day } = words;
  const { reference, providerName: provider } = message;
  const amount = money(message.amountMinor, message.currency);
  const intro = t("customerRefundDone.intro", { amount });
  const lines = [
    [t("common.amount"), amount],
    [t("common.refundNumber"), message.number],
    [t("customerRefundDone.date"), day(message.doneAt)],
    ...purchaseLines(words, message),
    [t("customerRefundDone.providerReference", { provider }), message.providerReference],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <Paragraph>{t(`customerRefundDone.${arrivals[message.went]}`, { tenant: message.tenant.name })}</Paragraph>
      <Paragraph>
        {message.canReply
          ? t("customerRefundDone.questions", { reference })
          : t("customerRefundDone.questionsElsewhere", { tenant: message.tenant.name, reference })}
      </Paragraph>
      <WayOnAction words={words} message={message} />
    </>
  );
  return { subject: t("customerRefundDone.subject", { amount }), preview: intro, body };
}
