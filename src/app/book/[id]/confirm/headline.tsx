"use client";

import {
  CalendarClock,
  CalendarX,
  CircleCheckBig,
  CircleX,
  Clock,
  Landmark,
  LoaderCircle,
  type LucideIcon,
  TimerOff,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { BookingState } from "#contracts/checkout.ts";
import { classNames } from "#ui/class-names.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { formatShortInZone } from "#ui/format.ts";
import { RefundWords } from "#ui/wizard/refund-words.tsx";
import type { ConfirmView } from "./confirm-view.ts";
import { isRace, wordsFor } from "./confirm-words.ts";

const signs: Record<ConfirmView, { icon: LucideIcon; color: string }> = {
  asked: { icon: CalendarClock, color: "text-brand-ink" },
  confirming: { icon: LoaderCircle, color: "text-brand-ink" },
  late: { icon: Clock, color: "text-brand-ink" },
  asking: { icon: Landmark, color: "text-brand-ink" },
  askingLate: { icon: Landmark, color: "text-brand-ink" },
  mismatch: { icon: Undo2, color: "text-brand-ink" },
  confirmed: { icon: CircleCheckBig, color: "text-good" },
  reversed: { icon: Undo2, color: "text-brand-ink" },
  declined: { icon: CircleX, color: "text-bad" },
  expired: { icon: TimerOff, color: "text-brand-ink" },
  failed: { icon: CircleX, color: "text-bad" },
  refunded: { icon: Undo2, color: "text-brand-ink" },
  taken: { icon: CalendarX, color: "text-brand-ink" },
  gone: { icon: CalendarX, color: "text-brand-ink" },
  cancelled: { icon: CalendarX, color: "text-brand-ink" },
};

/** While these are shown somebody else may still be faster. */
const racing: readonly ConfirmView[] = ["confirming", "late", "asking"];

type HeadlineProps = { view: ConfirmView; state: BookingState; amount: string; when: string; locale: string; change: string };

/** Screen readers announce every change of this state. */
export function Headline({ view, state, amount, when, locale, change }: HeadlineProps) {
  const t = useTranslations("confirm");
  const declined = useTranslations("declinedBecause");
  const { icon: Icon, color } = signs[view];
  const words = wordsFor(view, state);
  const values = { email: state.customerEmail, name: state.customerName, amount, when };
  const keptUntil = state.slotKeptUntil && formatShortInZone({ instant: state.slotKeptUntil, timezone: state.timezone, locale });
  const hasRefundWords = state.refund !== null && view !== "confirmed";
  return (
    <div role="status">
      <Icon aria-hidden className={classNames("mb-4 size-12", color, view === "confirming" && "motion-safe:animate-spin")} />
      <FocusHeading change={change} className="font-bold text-3xl">
        {t(`${words}.title`, values)}
      </FocusHeading>
      <p className="mt-2 text-lg text-muted">{t(`${words}.text`, values)}</p>
      {isRace(state) && racing.includes(view) && state.amountMinor > 0 && <p className="mt-3">{t("raceNote")}</p>}
      {(view === "asking" || view === "askingLate") && (
        <>
          <h2 className="mt-5 font-semibold text-lg">{t("askingNext.title")}</h2>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            {view === "asking" && keptUntil && <li>{t("askingNext.kept", { until: keptUntil })}</li>}
            <li>{t("askingNext.approved", values)}</li>
            <li>{t("askingNext.tooLate")}</li>
            <li>{t("askingNext.unpaid")}</li>
          </ul>
        </>
      )}
      {view === "declined" && state.declineReason && (
        <p className="mt-2 text-lg" data-testid="decline-reason">
          {declined(state.declineReason)}
        </p>
      )}
      {hasRefundWords && <RefundWords words="confirm.refund" state={state} amount={amount} locale={locale} className="mt-4 space-y-2" />}
    </div>
  );
}
