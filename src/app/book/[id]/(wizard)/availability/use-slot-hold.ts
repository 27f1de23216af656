"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { withQuery } from "#app/book/address.ts";
import { ApiProblem, postHold } from "#ui/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";
import type { SlotShown } from "./load-days.ts";

type SlotHold = {
  link: string;
  chosen: { service: string; professional: string };
  needsHold: boolean;
  /** Somebody was faster, or the time has passed. */
  onGone: () => void;
};

/** Holds the slot, unless it is held already or cannot be held, and goes on to the details. */
export function useSlotHold({ link, chosen, needsHold, onGone }: SlotHold) {
  const router = useRouter();
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  const [isHolding, setIsHolding] = useState(false);
  const [isLeaving, startLeaving] = useTransition();
  const isBusy = isHolding || isLeaving;

  async function hold({ start, state }: SlotShown) {
    if (isBusy) return;
    setProblem(null);
    setIsHolding(true);
    try {
      if (needsHold && state !== "mine") await postHold({ link, serviceId: chosen.service, professionalId: chosen.professional, start });
      startLeaving(() => router.push(withQuery(`/book/${link}/details`, needsHold ? chosen : { ...chosen, start })));
    } catch (error) {
      setProblem(errorText(error));
      if (error instanceof ApiProblem && (error.code === "slot_taken" || error.code === "slot_not_offered")) {
        onGone();
        router.refresh();
      }
    } finally {
      setIsHolding(false);
    }
  }
  return { hold, problem, clearProblem: () => setProblem(null), isBusy };
}
