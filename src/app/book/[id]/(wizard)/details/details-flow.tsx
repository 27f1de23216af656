"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { withQuery } from "#app/book/address.ts";
import { useFreshPage } from "#ui/use-fresh-page.ts";
import { Countdown } from "#ui/wizard/countdown.tsx";
import { DetailsForm } from "./details-form.tsx";
import type { DetailsFlowProps } from "./details-props.ts";
import { HoldEnded } from "./hold-ended.tsx";
import { OpenPayment } from "./open-payment.tsx";
import { repeatUnanswered } from "./send-booking.ts";

export function DetailsFlow(props: DetailsFlowProps) {
  const { place, offer } = props;
  const t = useTranslations("details");
  const router = useRouter();
  useFreshPage(props.renderedAt);
  const [hasEnded, setHasEnded] = useState(place.kind === "none");
  const end = useCallback(() => setHasEnded(true), []);
  // Reloaded after a lost answer: the booking may stand, and only its answer brings the session.
  useEffect(() => {
    if (place.kind === "none") void repeatUnanswered(offer.link).then((answer) => answer && window.location.assign(answer.checkoutUrl));
  }, [place.kind, offer.link]);

  function showNewHold() {
    router.replace(withQuery(`/book/${offer.link}/details`, { service: offer.service, professional: offer.professional }));
    router.refresh();
  }

  if (hasEnded || place.kind === "none") {
    return <HoldEnded {...props} wasHeld={place.kind !== "none"} onHeld={showNewHold} />;
  }
  return (
    <>
      <h1 className="font-bold text-3xl">{place.kind === "paying" ? t("openPayment.title") : t("title")}</h1>
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
          <DetailsForm {...props} place={place} onEnd={end} />
        )}
      </div>
    </>
  );
}
