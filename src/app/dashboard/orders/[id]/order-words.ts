import { getTranslations } from "next-intl/server";
import type { TimelineEvent } from "#contracts/desk/booking.ts";
import { formatMoney } from "#ui/format.ts";

const cancelReasons = ["cancelled", "reversed", "replaced", "refunded"] as const;
const steps = ["deliver", "send", "pack"] as const;

/** What an event of an order says beyond its name: pieces, sums, and why it ended by itself. */
export async function orderWords(locale: string) {
  const t = await getTranslations("orders.happened");
  return ({ kind, actor, details }: TimelineEvent): string | null => {
    const text = (name: string) => (typeof details[name] === "string" ? details[name] : "");
    const number = (name: string) => (typeof details[name] === "number" ? details[name] : 0);
    const money = (name: string) => formatMoney({ amountMinor: number(name), currency: text("currency"), locale });
    switch (kind) {
      case "order.sent": {
        const part = details["isAll"] === false ? t("part", { count: number("pieces") }) : null;
        return [part, text("carrier")].filter(Boolean).join(" · ") || null;
      }
      case "order.tracking_changed":
        return text("carrier") || null;
      case "order.step_undone": {
        const step = steps.find((one) => one === details["step"]);
        return step ? t(`undone.${step}`) : null;
      }
      case "order.refunded_lines": {
        const pieces = number("pieces") > 0 && t("pieces", { count: number("pieces") });
        const shipping = number("shippingMinor") > 0 && t("withShipping");
        return [text("currency") && money("amountMinor"), pieces, shipping].filter(Boolean).join(" · ");
      }
      case "order.stock_back":
        return t("pieces", { count: number("pieces") });
      case "order.expired":
        return t("expired");
      case "order.failed":
        return t("failed");
      case "order.cancelled": {
        const reason = cancelReasons.find((one) => one === details["reason"]);
        const why =
          actor.kind === "system" && reason === undefined ? t("soldOut") : reason && reason !== "cancelled" ? t(`why.${reason}`) : null;
        const back = number("refundMinor") > 0 && text("currency") ? t("refundOf", { amount: money("refundMinor") }) : null;
        return [why, back].filter(Boolean).join(" · ") || null;
      }
      default:
        return null;
    }
  };
}
