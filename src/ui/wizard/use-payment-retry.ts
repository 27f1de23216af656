"use client";

import { useCallback, useState } from "react";
import { ApiProblem, newIdempotencyKey, postPayment } from "../api.ts";
import { useRestored } from "../fresh/use-restored.ts";
import { useErrorText } from "../use-error-text.ts";
import type { PaymentChoice } from "./use-offer.ts";

type AcceptedChoice = PaymentChoice & { acceptedTerms?: true };
type Post = (body: AcceptedChoice, idempotencyKey: string) => Promise<{ checkoutUrl: string }>;

/** Opens a payment page for a booking. */
export function usePaymentRetry(booking: { id: string; token: string }, onRefused: (code: string) => boolean) {
  return usePaying((body, key) => postPayment(booking, body, key), onRefused);
}

/** Opens a payment page. `onRefused` returns true for a code that it handles. */
export function usePaying(post: Post, onRefused: (code: string) => boolean) {
  const errorText = useErrorText();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useRestored(useCallback(() => setIsBusy(false), []));

  /** Does nothing with null: the page says what is missing. */
  async function pay(choice: PaymentChoice | null, acceptedTerms?: true) {
    if (choice === null) return;
    setIsBusy(true);
    setProblem(null);
    try {
      const { checkoutUrl } = await post({ ...choice, ...(acceptedTerms && { acceptedTerms }) }, newIdempotencyKey());
      window.location.assign(checkoutUrl);
    } catch (error) {
      setIsBusy(false);
      if (error instanceof ApiProblem && onRefused(error.code)) return;
      setProblem(errorText(error));
    }
  }
  return { pay, isBusy, problem };
}
