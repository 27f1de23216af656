import type { CustomerPaid, MailTerms } from "./mail-message.ts";
import { Action, amountLines, bookingLines, Facts, type MailContent, OwnChanges, Paragraph, WayThere } from "./parts.tsx";
import type { Words } from "./words.ts";

export function customerPaid(message: CustomerPaid, words: Words): MailContent {
  const { t, money } = words;
  const { booking, tenant, currency, meetingUrl } = message;
  const rest = message.restDueMinor > 0 ? money(message.restDueMinor, currency) : null;
  const intro = t(`customerPaid.${introOf(message)}`);
  const lines = [...bookingLines(words, booking), ...amountLines(words, message)];
  const restWords = message.amountPaidMinor === 0 ? "customerPaid.restOnSite" : "customerPaid.restDue";
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: message.customerName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      <Facts words={words} lines={lines} />
      <WayThere words={words} booking={booking} />
      {rest !== null && <Paragraph>{t(restWords, { amount: rest, tenant: tenant.name })}</Paragraph>}
      {message.online && <Paragraph>{meetingUrl === null ? t("customerPaid.meetingLater") : t("customerPaid.meeting")}</Paragraph>}
      {message.online && meetingUrl !== null && (
        <Action words={words} tenant={tenant} url={meetingUrl} label={t("customerPaid.meetingButton")} />
      )}
      <Action words={words} tenant={tenant} url={message.bookingUrl} label={t("customerPaid.button")} />
      <Paragraph>{t("customerPaid.calendar")}</Paragraph>
      {message.terms !== null && <Paragraph>{termsWords(words, message.terms, currency)}</Paragraph>}
      <OwnChanges words={words} message={message} />
    </>
  );
  const subject = t("customerPaid.subject", { service: booking.serviceName, date: words.shortTime(booking.start) });
  return { subject, preview: intro, body };
}

/** The terms that were shown before paying. */
function termsWords({ t, money, longTime }: Words, terms: MailTerms, currency: string): string {
  if (terms.length === 0) return t("terms.nothing");
  const steps = terms.map(({ until, percentBack, backMinor }) =>
    t("terms.until", { until: longTime(until), amount: money(backMinor, currency), percent: percentBack }),
  );
  return [t("terms.title"), ...steps, t("terms.after")].join(" ");
}

function introOf({ amountPaidMinor, restDueMinor, isLate }: CustomerPaid): "intro" | "introFree" | "introOnSite" | "introLate" {
  if (amountPaidMinor === 0) return restDueMinor > 0 ? "introOnSite" : "introFree";
  return isLate ? "introLate" : "intro";
}
