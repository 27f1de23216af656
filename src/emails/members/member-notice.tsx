import type { MemberNotice } from "../mail-message.ts";
import { Action, bookingLines, Facts, type MailContent, Paragraph } from "../parts.tsx";
import type { Words } from "../words.ts";

/** Those of which the words about a booking would be wrong. */
const orderIntros = ["reversed", "disputeOpened", "disputeChanged"] as const;

export function memberNotice(message: MemberNotice, words: Words): MailContent {
  const { t, money, longTime, shortTime } = words;
  const { says, booking, about = null, customerName, refund, tenant, memberName, url } = message;
  const what = booking ? `${booking.serviceName}, ${shortTime(booking.start)}` : "";
  const ofOrder = booking === null && about !== null && orderIntros.find((one) => one === says);
  const intro = t(ofOrder ? `memberNotice.ofOrder.${ofOrder}` : `memberNotice.${says}.intro`);
  const lines = [
    ...(booking ? bookingLines(words, booking) : []),
    [t(says === "stockLow" ? "memberNotice.about" : "order.number"), about],
    [t("common.customer"), customerName],
    [t("common.amount"), refund && money(refund.amountMinor, refund.currency)],
    [t("memberNotice.due"), refund && longTime(refund.dueAt)],
  ] as const;
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: memberName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      {lines.some(([, value]) => value !== null) && <Facts words={words} lines={lines} />}
      <Action words={words} tenant={tenant} url={url} label={t(`memberNotice.${buttonOf(message)}`)} />
    </>
  );
  const title = t(`memberNotice.${says}.subject`);
  const told = what || about;
  return { subject: told ? `${title}: ${told}` : title, preview: intro, body };
}

function buttonOf({ says, booking, about }: MemberNotice): "button" | "buttonOrder" | "buttonProduct" | "buttonMoney" {
  if (booking) return "button";
  if (says === "stockLow") return "buttonProduct";
  return about ? "buttonOrder" : "buttonMoney";
}
