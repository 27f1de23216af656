"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { confirmAddress, withQuery } from "#app/book/address.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { usePageTitle } from "#ui/focus/use-page-title.ts";
import { useFreshPage } from "#ui/fresh/use-fresh-page.ts";
import { Countdown } from "#ui/wizard/countdown.tsx";
import { DetailsForm } from "./details-form.tsx";
import type { DetailsFlowProps } from "./details-props.ts";
import { HoldEnded } from "./hold-ended.tsx";
import { OpenPayment } from "./open-payment.tsx";
import { RaceNote } from "./race-note.tsx";
import { repeatUnanswered } from "./send-booking.ts";

export function DetailsFlow(props: DetailsFlowProps) {
  const { place, offer } = props;
  const t = useTranslations("details");
  const router = useRouter();
  useFreshPage(props.renderedAt);
  const [hasEnded, setHasEnded] = useState(place.kind === "none");
  const { kind } = place;
  const statusAddress = kind === "paying" ? confirmAddress(place.booking) : null;
  // A payment may be under way: its own page says what is known of it.
  const end = useCallback(() => (statusAddress ? window.location.assign(statusAddress) : setHasEnded(true)), [statusAddress]);
  usePageTitle(hasEnded ? `${t(props.isRace && kind !== "none" ? "ended.titleRace" : "ended.title")} · ${props.tenantName}` : null);
  // Reloaded after a lost answer: the booking may stand, and only its answer brings the session.
  useEffect(() => {
    if (kind === "none") void repeatUnanswered(offer.link).then((answer) => answer && window.location.assign(answer.checkoutUrl));
  }, [kind, offer.link]);

  const addressOf = (start?: string) =>
    withQuery(`/book/${offer.link}/details`, { service: offer.service, professional: offer.professional, start });
  function showNewHold() {
    router.replace(addressOf());
    router.refresh();
  }

  if (hasEnded || place.kind === "none") {
    return <HoldEnded {...props} wasHeld={kind !== "none"} onHeld={showNewHold} addressOf={addressOf} />;
  }
  return (
    <>
      <FocusHeading className="font-bold text-3xl">{t(kind === "paying" ? "openPayment.title" : "title")}</FocusHeading>
      {place.kind !== "race" && (
        <div className="sticky top-2 z-10 mt-5">
          <Countdown look="bar" expiresAt={place.expiresAt} renderedAt={props.renderedAt} onEnd={end} />
        </div>
      )}
      <div className="mt-5 grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="md:order-last">{props.summary}</div>
        {place.kind === "paying" ? (
          <OpenPayment {...props} booking={place.booking} onEnd={end} />
        ) : (
          <div className="space-y-5">
            {place.kind === "race" && !props.isFree && <RaceNote />}
            <DetailsForm {...props} place={place} onEnd={end} />
          </div>
        )}
      </div>
    </>
  );
}
