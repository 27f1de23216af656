import type { CustomerMoved } from "./mail-message.ts";
import { Action, beforeLine, bookingLines, Facts, type MailContent, OwnChanges, Paragraph, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerMoved(message: CustomerMoved, words: Words): MailContent {
  const { t } = words;
  const { booking, tenant, meetingUrl, move } = message;
  const intro = t(`customerMoved.intro.${message.isOwn ? "own" : move.what}`, {
    tenant: tenant.name,
    professional: booking.professionalName,
  });
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={[...bookingLines(words, booking), beforeLine(words, move)]} />
      <Paragraph>{moneyWords(message, words)}</Paragraph>
      <WayThere words={words} booking={booking} />
      {message.online && <Paragraph>{meetingUrl === null ? t("customerPaid.meetingLater") : t("customerPaid.meeting")}</Paragraph>}
      {message.online && meetingUrl !== null && (
        <Action words={words} tenant={tenant} url={meetingUrl} label={t("customerPaid.meetingButton")} />
      )}
      <Action words={words} tenant={tenant} url={message.bookingUrl} label={t("customerPaid.button")} />
      <Paragraph>{t("customerMoved.calendar")}</Paragraph>
      <OwnChanges words={words} message={message} />
    </>
  );
  const subject = t("customerMoved.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}

function moneyWords({ money }: CustomerMoved, words: Words): string {
  const { t } = words;
  if (!money) return t("customerMoved.paid");
  const sum = (minor: number) => words.money(minor, money.currency);
  if (money.asks > 0) return t("customerMoved.asks", { price: sum(money.priceMinor), amount: sum(money.asks) });
  return t("customerMoved.givesBack", { price: sum(money.priceMinor), amount: sum(money.givesBack) });
}
