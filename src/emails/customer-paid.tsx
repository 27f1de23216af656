import type { CustomerPaid } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph, paidLine, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerPaid(message: CustomerPaid, words: Words): MailContent {
  const { t, money } = words;
  const { booking, tenant, currency, meetingUrl } = message;
  const rest = message.restDueMinor > 0 ? money(message.restDueMinor, currency) : null;
  const intro = t(`customerPaid.${introOf(message)}`);
  const lines = [...bookingLines(words, booking), paidLine(words, message.amountPaidMinor, currency), [t("common.restDue"), rest]] as const;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <WayThere words={words} booking={booking} />
      {rest !== null && <Paragraph>{t("customerPaid.restDue", { amount: rest, tenant: tenant.name })}</Paragraph>}
      {message.online && <Paragraph>{meetingUrl === null ? t("customerPaid.meetingLater") : t("customerPaid.meeting")}</Paragraph>}
      {message.online && meetingUrl !== null && (
        <Action words={words} tenant={tenant} url={meetingUrl} label={t("customerPaid.meetingButton")} />
      )}
      <Action words={words} tenant={tenant} url={message.bookingUrl} label={t("customerPaid.button")} />
      <Paragraph>{t("customerPaid.calendar")}</Paragraph>
      <Paragraph>{t(message.canReply ? "customerPaid.cancel" : "customerPaid.cancelElsewhere", { tenant: tenant.name })}</Paragraph>
    </>
  );
  const subject = t("customerPaid.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}

function introOf({ amountPaidMinor, isLate }: CustomerPaid): "intro" | "introFree" | "introLate" {
  if (amountPaidMinor === 0) return "introFree";
  return isLate ? "introLate" : "intro";
}
