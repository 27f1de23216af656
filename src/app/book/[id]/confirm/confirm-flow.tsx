"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { withQuery } from "#app/book/address.ts";
import type { BookingState } from "#contracts/checkout.ts";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { Alert } from "#ui/alert.tsx";
import { usePageTitle } from "#ui/focus/use-page-title.ts";
import { secondsUntil } from "#ui/server-time.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import { Countdown } from "#ui/wizard/countdown.tsx";
import { forgetDocument } from "#ui/wizard/kept-document.ts";
import { NextSlots } from "#ui/wizard/next-slots.tsx";
import { Returning } from "#ui/wizard/returning.tsx";
import { useReturn } from "#ui/wizard/use-return.ts";
import { endVisits } from "#ui/wizard/visit.ts";
import { AskedPayment } from "./asked-payment.tsx";
import { type ConfirmView, viewOf } from "./confirm-view.ts";
import { isRace, wordsFor } from "./confirm-words.ts";
import { Confirmed } from "./confirmed.tsx";
import { Headline } from "./headline.tsx";
import { OwnChanges } from "./own-changes.tsx";
import { RestToPay } from "./rest-to-pay.tsx";
import { RetryPayment } from "./retry-payment.tsx";
import { useBookingState } from "./use-booking-state.ts";

export type ConfirmFlowProps = {
  booking: { id: string; token: string };
  initial: BookingState;
  tenantName: string | null;
  /** For what is due, and for what a deposit has left. */
  offers: Record<"due" | "rest", readonly PaymentOffer[]>;
  canBookAgain: boolean;
  locale: string;
  when: string;
  amount: string;
  renderedAt: number;
  /** A confirmed customer is sent back to the merchant's own page. */
  isSentOn: boolean;
  /** The customer has just moved it. */
  wasMoved: boolean;
  /** The server renders all three; the state decides which one is shown. */
  summaries: Record<"due" | "paid" | "past", ReactNode>;
};

const lateAfterMs = 20_000;
const countedMsMax = 60 * 60_000;
/** While these are shown the slot is kept, and its time runs. */
const counted: readonly ConfirmView[] = ["asked", "confirming", "late", "declined", "mismatch"];

/** After these another time is offered. */
const ends: readonly ConfirmView[] = ["expired", "failed", "refunded", "taken", "gone", "cancelled"];

export function ConfirmFlow(props: ConfirmFlowProps) {
  const { booking, renderedAt, amount, when, locale } = props;
  const t = useTranslations("confirm");
  const state = useBookingState(booking, props.initial);
  const isLate = useIsLate(state.status === "pending");
  const hasTimeLeft = secondsUntil(state.expiresAt, useServerTime(renderedAt)) > 0;
  const view = viewOf(state, { isLate, hasTimeLeft });
  const tenant = props.tenantName ?? t("merchant");
  const isTrying = counted.includes(view) && hasTimeLeft;
  // Hours are no countdown: a booking that the merchant made says until when.
  const isCounted = Date.parse(state.expiresAt) - renderedAt < countedMsMax;
  const canPayAgain = isTrying && view !== "confirming" && view !== "asked" && state.amountMinor > 0 && props.offers.due.length > 0;
  const stands = view === "confirmed" || view === "reversed";
  useEffect(() => {
    if (!stands) return;
    endVisits();
    forgetDocument();
  }, [stands]);
  const isOver = ends.includes(view);
  const { returnUrl, returnSeconds: seconds, amountMinor } = state;
  const { left, stay } = useReturn({
    checkoutId: booking.id,
    returnUrl: props.isSentOn && view === "confirmed" ? returnUrl : null,
    seconds,
  });
  usePageTitle(`${t(`${wordsFor(view, state)}.title`, { name: state.customerName })} · ${props.tenantName ?? "Konfirmado"}`);

  return (
    <>
      <p role="status" className="sr-only">
        {left !== null && `${t("returning", { tenant, seconds })} ${t("stayHint")}`}
      </p>
      {left !== null && returnUrl && (
        <Returning
          returnUrl={returnUrl}
          words={{
            label: t("returnLabel"),
            text: t("returning", { tenant, seconds: left }),
            stay: t("stay"),
            now: t("returnNow", { tenant }),
          }}
          onStay={stay}
        />
      )}
      <div data-testid="confirm-state" data-state={view} className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-6">
          <Headline view={view} state={state} amount={amount} when={when} locale={locale} change={`${view} ${left !== null}`} />
          {stands && props.wasMoved && (
            <Alert role="status" data-testid="was-moved">
              <p>{t("wasMoved")}</p>
            </Alert>
          )}
          {isTrying && isCounted && (
            <Countdown
              look={view === "declined" ? "bar" : "small"}
              expiresAt={state.expiresAt}
              renderedAt={renderedAt}
              isOpen={isRace(state)}
            />
          )}
          {view === "asked" && (
            <AskedPayment {...{ booking, state, amount, amountMinor, locale }} endsAt={state.expiresAt} offers={props.offers.due} />
          )}
          {canPayAgain && (
            <RetryPayment {...{ booking, amount, amountMinor, locale, view }} offers={props.offers.due} isRace={isRace(state)} />
          )}
          {stands && state.rest && <RestToPay {...{ booking, state, locale }} rest={state.rest} offers={props.offers.rest} />}
          {stands && <Confirmed {...{ booking, state, tenant, amount, locale }} isLeaving={left !== null} />}
          {stands && <OwnChanges {...{ booking, state, locale }} now={renderedAt} />}
          {isOver && props.canBookAgain && <BookAgain booking={booking} state={state} locale={locale} />}
        </div>
        <div>{props.summaries[view === "confirmed" ? "paid" : isTrying ? "due" : "past"]}</div>
      </div>
    </>
  );
}

type BookAgainProps = { booking: { id: string; token: string }; state: BookingState; locale: string };

/** The next free times. What this booking's customer has said goes along. */
function BookAgain({ booking, state, locale }: BookAgainProps) {
  const t = useTranslations("confirm");
  const chosen = { service: state.service.id, professional: state.professional.id };
  const detailsOf = (start?: string) =>
    withQuery(`/book/${state.link}/details`, { ...chosen, start, again: booking.id, token: booking.token });
  return (
    <div className="space-y-4">
      <NextSlots
        offer={{ link: state.link, ...chosen }}
        timezone={state.timezone}
        locale={locale}
        addressOf={isRace(state) ? detailsOf : null}
        onHeld={() => window.location.assign(detailsOf())}
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
