import { createElement } from "react";
import { render, toPlainText } from "react-email";
import { accountMail } from "./account.tsx";
import { customerPaymentLink, customerRest } from "./customer-asked.tsx";
import { customerCancelled } from "./customer-cancelled.tsx";
import { customerMoved } from "./customer-moved.tsx";
import { customerPaid } from "./customer-paid.tsx";
import { customerReminder } from "./customer-reminder.tsx";
import { customerRoom } from "./customer-room.tsx";
import { customerUnpaid } from "./customer-unpaid.tsx";
import { MailLayout } from "./layout.tsx";
import type { MailMessage } from "./mail-message.ts";
import { memberInvitation } from "./member-invitation.tsx";
import { memberNotice } from "./members/member-notice.tsx";
import { memberSummary } from "./members/member-summary.tsx";
import { merchantCallbackDisabled } from "./merchant-callback-disabled.tsx";
import { merchantPaid } from "./merchant-paid.tsx";
import { customerOrder } from "./orders/customer-order.tsx";
import { customerOrderCancelled } from "./orders/customer-order-cancelled.tsx";
import { customerOrderSent } from "./orders/customer-order-sent.tsx";
import { merchantOrder } from "./orders/merchant-order.tsx";
import type { MailContent } from "./parts.tsx";
import { professionalCancelled } from "./professional-cancelled.tsx";
import { professionalHandedOver } from "./professional-handed-over.tsx";
import { professionalInvitation } from "./professional-invitation.tsx";
import { professionalMoved } from "./professional-moved.tsx";
import { professionalPaid } from "./professional-paid.tsx";
import { professionalRoom } from "./professional-room.tsx";
import { customerOutsideRefund } from "./refunds/customer-outside-refund.tsx";
import { customerRefund } from "./refunds/customer-refund.tsx";
import { customerRefundDone } from "./refunds/customer-refund-done.tsx";
import { customerRefundFailed } from "./refunds/customer-refund-failed.tsx";
import { merchantRefund } from "./refunds/merchant-refund.tsx";
import { merchantReversed } from "./refunds/merchant-reversed.tsx";
import { type Words, wordsOf } from "./words.ts";

export { calendarFileName } from "./words.ts";

/** Escapes whatever a person typed. The subject is one line. */
export async function renderMail(message: MailMessage): Promise<{ subject: string; html: string; text: string }> {
  const words = wordsOf(message);
  const content = contentOf(message, words);
  const { tenant } = message;
  const footer = footerOf(message, words);
  const unsubscribeUrl = "unsubscribeUrl" in message ? message.unsubscribeUrl : null;
  const html = await render(createElement(MailLayout, { words, tenant, content, footer, unsubscribeUrl }));
  const subject = content.subject.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return { subject, html, text: toPlainText(html) };
}

function footerOf({ kind, tenant: { name: tenant } }: MailMessage, { t }: Words): string {
  if (kind === "account") return t("account.footer");
  if (kind === "member-notice" || kind === "member-summary") return t("memberNotice.sentTo", { tenant });
  return t(kind.startsWith("merchant-") ? "common.sentToTeam" : "common.sentBy", { tenant });
}

function contentOf(message: MailMessage, words: Words): MailContent {
  switch (message.kind) {
    case "customer-paid":
      return customerPaid(message, words);
    case "professional-paid":
      return professionalPaid(message, words);
    case "customer-room":
      return customerRoom(message, words);
    case "professional-room":
      return professionalRoom(message, words);
    case "professional-invitation":
      return professionalInvitation(message, words);
    case "merchant-paid":
      return merchantPaid(message, words);
    case "customer-moved":
      return customerMoved(message, words);
    case "customer-reminder":
      return customerReminder(message, words);
    case "professional-moved":
      return professionalMoved(message, words);
    case "professional-handed-over":
      return professionalHandedOver(message, words);
    case "customer-cancelled":
      return customerCancelled(message, words);
    case "professional-cancelled":
      return professionalCancelled(message, words);
    case "customer-unpaid":
      return customerUnpaid(message, words);
    case "customer-payment-link":
      return customerPaymentLink(message, words);
    case "customer-rest":
      return customerRest(message, words);
    case "customer-outside-refund":
      return customerOutsideRefund(message, words);
    case "customer-refund":
      return customerRefund(message, words);
    case "customer-refund-done":
      return customerRefundDone(message, words);
    case "customer-refund-failed":
      return customerRefundFailed(message, words);
    case "merchant-refund":
      return merchantRefund(message, words);
    case "merchant-reversed":
      return merchantReversed(message, words);
    case "merchant-callback-disabled":
      return merchantCallbackDisabled(message, words);
    case "account":
      return accountMail(message, words);
    case "member-invitation":
      return memberInvitation(message, words);
    case "member-notice":
      return memberNotice(message, words);
    case "member-summary":
      return memberSummary(message, words);
    case "customer-order":
      return customerOrder(message, words);
    case "merchant-order":
      return merchantOrder(message, words);
    case "customer-order-sent":
      return customerOrderSent(message, words);
    case "customer-order-cancelled":
      return customerOrderCancelled(message, words);
    default:
      return message satisfies never;
  }
}
