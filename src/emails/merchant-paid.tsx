import type { MerchantPaid } from "./mail-message.ts";
import { amountLines, answerLines, bookingLines, Facts, type MailContent, Paragraph } from "./parts.tsx";
import type { Words } from "./words.ts";

export function merchantPaid(message: MerchantPaid, words: Words): MailContent {
  const { t, money } = words;
  const { booking, customer, currency, amountPaidMinor, restDueMinor } = message;
  const how = amountPaidMinor > 0 ? "paid" : restDueMinor > 0 ? "onSite" : "free";
  const intro = t(`merchantPaid.${intros[how]}`, { customer: customer.name });
  const lines = [
    ...bookingLines(words, booking),
    [t("common.customer"), customer.name],
    [t("common.email"), customer.email],
    [t("common.phone"), customer.phone],
    ...amountLines(words, message),
    ...answerLines(words, message.answers),
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greetingTeam")}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
    </>
  );
  const amount = money(amountPaidMinor || restDueMinor, currency);
  const subject =
    how === "free"
      ? t("merchantPaid.subjectFree", { service: booking.serviceName })
      : t(how === "onSite" ? "merchantPaid.subjectOnSite" : "merchantPaid.subject", { service: booking.serviceName, amount });
  return { subject, preview: intro, body };
}

const intros = { paid: "intro", onSite: "introOnSite", free: "introFree" } as const;
