"use client";

import {
  CircleCheckBig,
  CircleX,
  Clock,
  Landmark,
  LoaderCircle,
  type LucideIcon,
  PackageX,
  ShoppingCart,
  TimerOff,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { classNames } from "#ui/class-names.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { formatShortInZone } from "#ui/format.ts";
import { RefundWords } from "#ui/wizard/refund-words.tsx";
import type { OrderView } from "./order-view.ts";
import { wordsFor } from "./order-words.ts";

const signs: Record<OrderView, { icon: LucideIcon; color: string }> = {
  confirming: { icon: LoaderCircle, color: "text-brand-ink" },
  late: { icon: Clock, color: "text-brand-ink" },
  asking: { icon: Landmark, color: "text-brand-ink" },
  askingLate: { icon: Landmark, color: "text-brand-ink" },
  mismatch: { icon: Undo2, color: "text-brand-ink" },
  paid: { icon: CircleCheckBig, color: "text-good" },
  reversed: { icon: Undo2, color: "text-brand-ink" },
  declined: { icon: CircleX, color: "text-bad" },
  expired: { icon: TimerOff, color: "text-brand-ink" },
  failed: { icon: CircleX, color: "text-bad" },
  refunded: { icon: Undo2, color: "text-brand-ink" },
  taken: { icon: PackageX, color: "text-brand-ink" },
  left: { icon: ShoppingCart, color: "text-brand-ink" },
  cancelled: { icon: PackageX, color: "text-brand-ink" },
};

type OrderHeadlineProps = { view: OrderView; state: OrderSessionState; amount: string; locale: string; change: string };

/** Screen readers announce every change of this state. */
export function OrderHeadline({ view, state, amount, locale, change }: OrderHeadlineProps) {
  const t = useTranslations("shopOrder");
  const declined = useTranslations("declinedBecause");
  const { icon: Icon, color } = signs[view];
  const words = wordsFor(view, state);
  const values = { email: state.customerEmail, name: firstNameOf(state), amount, number: state.order?.number ?? 0 };
  const kept = state.stockKeptUntil && formatShortInZone({ instant: state.stockKeptUntil, timezone: state.timezone, locale });
  return (
    <div role="status">
      <Icon aria-hidden className={classNames("mb-4 size-12", color, view === "confirming" && "motion-safe:animate-spin")} />
      <FocusHeading change={change} className="font-bold text-3xl">
        {t(`${words}.title`, values)}
      </FocusHeading>
      <p className="mt-2 text-lg text-muted">{t(`${words}.text`, values)}</p>
      {(view === "asking" || view === "askingLate") && (
        <>
          <h2 className="mt-5 font-semibold text-lg">{t("askingNext.title")}</h2>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            {view === "asking" && kept && <li>{t("askingNext.kept", { until: kept })}</li>}
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
      {state.refund !== null && view !== "paid" && (
        <RefundWords words="shopOrder.refund" state={state} amount={amount} locale={locale} className="mt-4 space-y-2" />
      )}
    </div>
  );
}

/** The address knows which part of the name is the first, unless somebody else receives it. */
function firstNameOf({ address, customerName }: OrderSessionState): string {
  return address && customerName.startsWith(`${address.firstName} `) ? address.firstName : customerName;
}
