"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { Offer } from "#contracts/offer.ts";
import { ApiProblem } from "#ui/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";
import { type DetailsValues, detailsNames } from "./details-values.ts";

/** Shows a refusal beside its field, on the page of an ended hold, or above the button. */
export function useBookingProblem(form: UseFormReturn<DetailsValues>, onEnd: () => void) {
  const [problem, setProblem] = useState<string | null>(null);
  const [changed, setChanged] = useState<Offer | null>(null);
  const errorText = useErrorText();
  const router = useRouter();
  const show = useCallback(
    (error: unknown) => {
      const { code, errors, shown } = error instanceof ApiProblem ? error : new ApiProblem("internal");
      setChanged(shown.offer ?? null);
      if (shown.offer) return router.refresh();
      if (["hold_expired", "hold_unknown", "slot_taken"].includes(code)) return onEnd();
      const wrong = detailsNames.filter(
        (name) => (code === "phone_invalid" && name === "phone") || errors.some(({ path }) => path.endsWith(name)),
      );
      for (const [index, name] of wrong.entries())
        form.setError(name, { type: code === "email_unsendable" ? "unsendable" : "server" }, { shouldFocus: index === 0 });
      const answers = errors.filter(({ path }) => path.startsWith("answers."));
      for (const [index, { path, message }] of answers.entries())
        form.setError(`answers.${path.slice("answers.".length)}`, { type: message }, { shouldFocus: wrong.length === 0 && index === 0 });
      // The merchant may have changed the questions meanwhile.
      if (answers.length > 0) router.refresh();
      if (wrong.length + answers.length === 0) setProblem(errorText(error));
    },
    [form, onEnd, errorText, router],
  );
  return { problem, setProblem, changed, show };
}
