import type { CustomerReminder } from "./mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, OwnChanges, Paragraph, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerReminder(message: CustomerReminder, words: Words): MailContent {
  const { t } = words;
  const { booking, tenant, meetingUrl, restDueMinor } = message;
  const intro = t("customerReminder.intro", { tenant: tenant.name, date: words.longTime(booking.start) });
  const rest = restDueMinor > 0 ? words.money(restDueMinor, message.currency) : null;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={bookingLines(words, booking)} />
      <WayThere words={words} booking={booking} />
      {rest !== null && <Paragraph>{t("customerReminder.rest", { amount: rest })}</Paragraph>}
      {message.online && <Paragraph>{meetingUrl === null ? t("customerPaid.meetingLater") : t("customerPaid.meeting")}</Paragraph>}
      {message.online && meetingUrl !== null && (
        <Action words={words} tenant={tenant} url={meetingUrl} label={t("customerPaid.meetingButton")} />
      )}
      <Action words={words} tenant={tenant} url={message.bookingUrl} label={t("customerPaid.button")} />
      <Paragraph>{t("customerReminder.calendar")}</Paragraph>
      <OwnChanges words={words} message={message} />
    </>
  );
  const subject = t("customerReminder.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}
