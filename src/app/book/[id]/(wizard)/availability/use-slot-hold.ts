"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { withQuery } from "#app/book/address.ts";
import type { Offer, OfferSeen } from "#contracts/offer.ts";
import { ApiProblem, postHold } from "#ui/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";
import { countVisit } from "#ui/wizard/visit.ts";
import type { SlotShown } from "./load-days.ts";

type SlotHold = {
  link: string;
  chosen: { service: string; professional: string };
  needsHold: boolean;
  seen: OfferSeen;
  /** Somebody was faster, or the time has passed. */
  onGone: () => void;
};

/** Holds the slot, unless it is held already or cannot be held, and goes on to the details. */
export function useSlotHold({ link, chosen, needsHold, seen, onGone }: SlotHold) {
  const router = useRouter();
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  const [changed, setChanged] = useState<Offer | null>(null);
  const [isHolding, setIsHolding] = useState(false);
  const [isLeaving, startLeaving] = useTransition();
  const isBusy = isHolding || isLeaving;

  function clearProblem() {
    setProblem(null);
    setChanged(null);
  }

  /** `accepted`: what the customer was told of after the page, and agreed to. */
  async function hold({ start, state }: SlotShown, accepted: OfferSeen = seen) {
    if (isBusy) return;
    setProblem(null);
    setIsHolding(true);
    try {
      const slot = { link, serviceId: chosen.service, professionalId: chosen.professional, start };
      if (needsHold && state !== "mine") await postHold({ ...slot, seen: accepted });
      if (!needsHold) countVisit({ link, step: "slot", serviceId: chosen.service, professionalId: chosen.professional });
      startLeaving(() => router.push(withQuery(`/book/${link}/details`, needsHold ? chosen : { ...chosen, start })));
    } catch (error) {
      setChanged(error instanceof ApiProblem ? (error.shown.offer ?? null) : null);
      if (error instanceof ApiProblem && error.shown.offer) return router.refresh();
      setProblem(errorText(error));
      if (error instanceof ApiProblem && (error.code === "slot_taken" || error.code === "slot_not_offered")) {
        onGone();
        router.refresh();
      }
    } finally {
      setIsHolding(false);
    }
  }
  return { hold, problem, changed, clearProblem, isBusy };
}
