import type { MemberNotice } from "../mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph } from "../parts.tsx";
import type { Words } from "../words.ts";

export function memberNotice(message: MemberNotice, words: Words): MailContent {
  const { t, money, longTime, shortTime } = words;
  const { says, booking, customerName, refund, tenant, memberName, url } = message;
  const what = booking ? `${booking.serviceName}, ${shortTime(booking.start)}` : "";
  const intro = t(`memberNotice.${says}.intro`);
  const lines = [
    ...(booking ? bookingLines(words, booking) : []),
    [t("common.customer"), customerName],
    [t("common.amount"), refund && money(refund.amountMinor, refund.currency)],
    [t("memberNotice.due"), refund && longTime(refund.dueAt)],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: memberName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      {lines.some(([, value]) => value !== null) && <Facts words={words} lines={lines} />}
      <Action words={words} tenant={tenant} url={url} label={t(booking ? "memberNotice.button" : "memberNotice.buttonMoney")} />
    </>
  );
  const title = t(`memberNotice.${says}.subject`);
  return { subject: what ? `${title}: ${what}` : title, preview: intro, body };
}
