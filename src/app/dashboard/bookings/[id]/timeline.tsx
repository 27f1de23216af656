import { getFormatter, getMessages, getTranslations } from "next-intl/server";
import type { TimelineEvent } from "#contracts/desk/booking.ts";
import { formatMoney } from "#ui/format.ts";

type TimelineProps = {
  events: readonly TimelineEvent[];
  locale: string;
  timezone: string;
  /** What else an event says, if the words of all purchases do not. */
  wordsOf?: (event: TimelineEvent) => string | null;
};

/** Everything that happened, newest first, in the words of the audit log. */
export async function Timeline({ events, locale, timezone, wordsOf = () => null }: TimelineProps) {
  const [format, { audit }] = await Promise.all([getFormatter(), getMessages()]);
  const actions: Record<string, string> = audit.action;
  const actors: Record<string, string> = audit.actor;
  const moreOf = await wordsOfDetails(locale, actions);
  return (
    <ol className="relative space-y-4 border-line border-l-2 pl-5">
      {events.map((event) => {
        const { id, at, action, actor } = event;
        const more = wordsOf(event) ?? moreOf(event);
        return (
          <li key={id} data-action={action} className="relative">
            <span aria-hidden className="absolute top-2 -left-[1.6rem] size-2.5 rounded-full bg-brand" />
            <p className="font-medium">
              {actions[action] ?? action}
              {more && <span className="font-normal"> · {more}</span>}
            </p>
            <p className="text-muted text-sm">
              <time dateTime={at}>{format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short", timeZone: timezone })}</time>
              {" · "}
              <bdi>{actor.name ?? actors[actor.kind] ?? actor.kind}</bdi>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

/** What an event says beyond its name: sums, reasons and answers, never anything personal. */
async function wordsOfDetails(locale: string, actions: Record<string, string>) {
  const t = await getTranslations("booking");
  const { booking } = await getMessages();
  const reasons: Record<string, string> = booking.refundReason;
  const kinds: Record<string, string> = booking.dispute.kind;
  const states: Record<string, string> = booking.dispute.state;
  const jobs: Record<string, string> = booking.deliveries.job;
  const attendances: Record<string, string> = booking.attendance;
  return ({ kind, details }: TimelineEvent): string | null => {
    const text = (name: string) => (typeof details[name] === "string" ? details[name] : "");
    const number = (name: string) => (typeof details[name] === "number" ? details[name] : 0);
    const money = (name: string) => formatMoney({ amountMinor: number(name), currency: text("currency"), locale });
    switch (kind) {
      case "booking.attendance_set":
        return attendances[text("attendance")] ?? t("attendance.cleared");
      case "booking.cancelled":
        if (number("paidMinor") === 0 || !text("currency")) return null;
        return number("refundMinor") > 0 ? t("timeline.refundOf", { amount: money("refundMinor") }) : t("timeline.nothingBack");
      case "booking.rescheduled": {
        const difference = Math.abs(number("priceMinor") - number("fromPriceMinor"));
        if (!text("difference")) return null;
        if (text("difference") === "ask") return t("timeline.dearerAsked", { amount: money("askedMinor") });
        if (text("difference") === "refund") return t("timeline.cheaperRefunded", { amount: money("refundMinor") });
        return t("timeline.differenceLeft", { amount: formatMoney({ amountMinor: difference, currency: text("currency"), locale }) });
      }
      case "refund_case.opened":
        return [text("currency") && money("amountMinor"), reasons[text("reason")]].filter(Boolean).join(" · ");
      case "refund_case.failed":
        return reasons[text("reason")] ?? null;
      case "payment.reversed":
      case "payment.restored":
        return number("movedMinor") && text("currency") ? money("movedMinor") : null;
      case "dispute.opened":
      case "dispute.changed":
        return [text("currency") && money("amountMinor"), kinds[text("disputeKind")], states[text("state")]].filter(Boolean).join(" · ");
      case "follow_up.run_again":
        return jobs[text("job")] ?? null;
      case "callback.sent":
      case "callback.failed": {
        const answer = number("status") ? t("timeline.toServer", { status: number("status") }) : t("timeline.noAnswer");
        return `${actions[text("about").replaceAll(".", "_")] ?? text("about")} · ${answer}`;
      }
      default:
        return reasons[text("reason")] ?? null;
    }
  };
}
