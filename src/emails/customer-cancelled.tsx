import type { CustomerCancelled } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, replyLine, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerCancelled(message: CustomerCancelled, words: Words): MailContent {
  const { t } = words;
  const { booking, tenant, bookAgainUrl } = message;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{t("customerCancelled.intro")}</Paragraph>
      <Facts words={words} lines={bookingLines(words, booking)} />
      {refundLines(message, words).map((line) => (
        <Paragraph key={line}>{line}</Paragraph>
      ))}
      {bookAgainUrl !== null && <Action words={words} tenant={tenant} url={bookAgainUrl} label={t("customerCancelled.button")} />}
      <Paragraph>{replyLine(words, message)}</Paragraph>
      <WayThere words={words} booking={{ ...booking, place: { ...booking.place, directions: null, mapUrl: null } }} />
    </>
  );
  const subject = t("customerCancelled.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: t("customerCancelled.intro"), body };
}

/** All of it, a part or nothing: the customer must not have to guess. */
export function refundLines({ money: told, currency }: Pick<CustomerCancelled, "money" | "currency">, { t, money }: Words): string[] {
  if (!told) return [];
  const { paidMinor, backMinor, beforeMinor } = told;
  const sums = { amount: money(backMinor, currency), paid: money(paidMinor, currency), before: money(beforeMinor, currency) };
  const lines = beforeMinor > 0 ? [t("customerCancelled.refundBefore", sums)] : [];
  if (backMinor === paidMinor) return [t("customerCancelled.refund", sums)];
  if (backMinor > 0) return [...lines, t("customerCancelled.refundPart", sums)];
  return beforeMinor >= paidMinor ? lines : [...lines, t("customerCancelled.refundNone", sums)];
}
