"use client";

import { CalendarX, CircleCheckBig, CircleX, Clock, LoaderCircle, type LucideIcon, TimerOff, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { BookingState } from "#contracts/checkout.ts";
import { classNames } from "#ui/class-names.ts";
import type { ConfirmView } from "./confirm-view.ts";

const signs: Record<ConfirmView, { icon: LucideIcon; color: string }> = {
  confirming: { icon: LoaderCircle, color: "text-brand-ink" },
  late: { icon: Clock, color: "text-brand-ink" },
  confirmed: { icon: CircleCheckBig, color: "text-good" },
  reversed: { icon: Undo2, color: "text-brand-ink" },
  declined: { icon: CircleX, color: "text-bad" },
  expired: { icon: TimerOff, color: "text-brand-ink" },
  failed: { icon: CircleX, color: "text-bad" },
  refunded: { icon: Undo2, color: "text-brand-ink" },
  cancelled: { icon: CalendarX, color: "text-brand-ink" },
};

/** Other words for a booking that costs nothing, for each view that it can reach. */
const wordsIfFree: Partial<Record<ConfirmView, "free.confirming" | "free.late" | "free.expired">> = {
  confirming: "free.confirming",
  late: "free.late",
  expired: "free.expired",
};

type HeadlineProps = { view: ConfirmView; state: BookingState; amount: string; when: string };

/** Screen readers announce every change of this state. */
export function Headline({ view, state, amount, when }: HeadlineProps) {
  const t = useTranslations("confirm");
  const { icon: Icon, color } = signs[view];
  const words = (state.amountMinor === 0 && wordsIfFree[view]) || view;
  const values = { email: state.customerEmail, name: state.customerName, amount, when };
  return (
    <div role="status">
      <Icon aria-hidden className={classNames("mb-4 size-12", color, view === "confirming" && "motion-safe:animate-spin")} />
      <h1 className="font-bold text-3xl">{t(`${words}.title`, values)}</h1>
      <p className="mt-2 text-lg text-muted">{t(`${words}.text`, values)}</p>
      {view === "refunded" && state.refund && (
        <>
          <p className="mt-4">{t(`refund.${state.refund.reason}`, values)}</p>
          <p className="mt-2">{state.refund.state === "done" ? t("refund.done", values) : t("refund.underWay", values)}</p>
        </>
      )}
    </div>
  );
}
