import type { MerchantPaid } from "./mail-message.ts";
import { bookingLines, Facts, type MailContent, Paragraph, paidLine } from "./parts.tsx";
import type { Words } from "./words.ts";

export function merchantPaid(message: MerchantPaid, words: Words): MailContent {
  const { t, money } = words;
  const { booking, customer, currency } = message;
  const isFree = message.amountPaidMinor === 0;
  const intro = t(isFree ? "merchantPaid.introFree" : "merchantPaid.intro", { customer: customer.name });
  const lines = [
    ...bookingLines(words, booking),
    [t("common.customer"), customer.name],
    [t("common.email"), customer.email],
    [t("common.phone"), customer.phone],
    paidLine(words, message.amountPaidMinor, currency),
    [t("common.restDue"), message.restDueMinor > 0 ? money(message.restDueMinor, currency) : null],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
    </>
  );
  const subject = isFree
    ? t("merchantPaid.subjectFree", { service: booking.serviceName })
    : t("merchantPaid.subject", { service: booking.serviceName, amount: money(message.amountPaidMinor, currency) });
  return { subject, preview: intro, body };
}
