"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { withQuery } from "#app/book/address.ts";
import type { BookingState } from "#contracts/checkout.ts";
import { secondsUntil } from "#ui/server-time.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import { Countdown } from "#ui/wizard/countdown.tsx";
import { NextSlots } from "#ui/wizard/next-slots.tsx";
import { viewOf } from "./confirm-view.ts";
import { Confirmed } from "./confirmed.tsx";
import { Headline } from "./headline.tsx";
import { RetryPayment } from "./retry-payment.tsx";
import { useBookingState } from "./use-booking-state.ts";

export type ConfirmFlowProps = {
  booking: { id: string; token: string };
  initial: BookingState;
  tenantName: string | null;
  providers: { id: string }[];
  canBookAgain: boolean;
  locale: string;
  when: string;
  amount: string;
  renderedAt: number;
  /** A confirmed customer is sent back to the merchant's own page. */
  isSentOn: boolean;
  /** The server renders all three; the state decides which one is shown. */
  summaries: Record<"due" | "paid" | "past", ReactNode>;
};

const lateAfterMs = 20_000;

export function ConfirmFlow(props: ConfirmFlowProps) {
  const { booking, renderedAt, amount, when } = props;
  const state = useBookingState(booking, props.initial);
  const isLate = useIsLate(state.status === "pending");
  const hasTimeLeft = secondsUntil(state.expiresAt, useServerTime(renderedAt)) > 0;
  const view = viewOf(state, { isLate, hasTimeLeft });
  const isPending = state.status === "pending";
  const canPayAgain = isPending && state.amountMinor > 0 && view !== "confirming" && hasTimeLeft && props.providers.length > 0;
  const isWaiting = isPending && view !== "failed";
  const stands = view === "confirmed" || view === "reversed";
  const isOver = !isPending && !stands;

  return (
    <div data-testid="confirm-state" data-state={view} className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="space-y-6">
        <Headline view={view} state={state} amount={amount} when={when} />
        {isWaiting && hasTimeLeft && (
          <Countdown look={state.paymentStatus === "failed" ? "bar" : "small"} expiresAt={state.expiresAt} renderedAt={renderedAt} />
        )}
        {canPayAgain && <RetryPayment booking={booking} providers={props.providers} amount={amount} isDeclined={view === "declined"} />}
        {stands && (
          <Confirmed booking={booking} state={state} tenantName={props.tenantName} isSentOn={props.isSentOn && view === "confirmed"} />
        )}
        {isOver && props.canBookAgain && <BookAgain state={state} locale={props.locale} />}
      </div>
      <div>{props.summaries[view === "confirmed" ? "paid" : isPending ? "due" : "past"]}</div>
    </div>
  );
}

function BookAgain({ state, locale }: { state: BookingState; locale: string }) {
  const t = useTranslations("confirm");
  const chosen = { service: state.service.id, professional: state.professional.id };
  return (
    <div className="space-y-4">
      <NextSlots
        offer={{ link: state.link, ...chosen }}
        timezone={state.timezone}
        locale={locale}
        onHeld={() => window.location.assign(withQuery(`/book/${state.link}/details`, chosen))}
      />
      <a
        href={withQuery(`/book/${state.link}/availability`, chosen)}
        className="inline-flex min-h-11 items-center font-semibold text-brand-ink underline underline-offset-4"
      >
        {t("bookAgain")}
      </a>
    </div>
  );
}

/** Turns true when "we are confirming" has been shown for so long that the customer may wonder. */
function useIsLate(isPending: boolean): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setIsLate(true), lateAfterMs);
    return () => clearTimeout(timer);
  }, [isPending]);
  return isLate;
}
