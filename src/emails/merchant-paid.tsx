import type { MerchantPaid } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, safeColor } from "./parts.tsx";
import type { Words } from "./words.ts";

export function merchantPaid(message: MerchantPaid, words: Words): MailContent {
  const { t, money } = words;
  const { booking, customer, currency } = message;
  const amount = money(message.amountPaidMinor, currency);
  const lines = [
    ...bookingLines(words, booking),
    [t("common.customer"), customer.name],
    [t("common.email"), customer.email],
    [t("common.phone"), customer.phone],
    [t("common.paid"), amount],
    [t("common.restDue"), message.restDueMinor > 0 ? money(message.restDueMinor, currency) : null],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{t("merchantPaid.intro", { customer: customer.name })}</Paragraph>
      <Facts words={words} lines={lines} />
      <Action words={words} color={safeColor(message.tenant.primaryColor)} url={message.dashboardUrl} label={t("merchantPaid.button")} />
    </>
  );
  return {
    subject: t("merchantPaid.subject", { service: booking.serviceName, amount }),
    preview: t("merchantPaid.intro", { customer: customer.name }),
    body,
  };
}
