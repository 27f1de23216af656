"use client";

import { useCallback, useState } from "react";
import type { CartQuote } from "#contracts/shop/cart.ts";
import { ApiProblem } from "#ui/api.ts";
import { deleteCartCode, getCartQuote, putCartCode, putCartLine } from "#ui/shop/api.ts";
import { tellCart } from "#ui/shop/cart-count.ts";

export type OwnQuote = ReturnType<typeof useQuote>;

/** What the order costs now, and everything on this page that changes it. */
export function useQuote(initial: CartQuote) {
  const [quote, setQuote] = useState(initial);
  const [isBusy, setIsBusy] = useState(false);
  const cartId = quote.cart.id;

  const load = useCallback(
    async (shipping: string | null): Promise<CartQuote> => {
      const answer = await getCartQuote(cartId, shipping).catch((error: unknown) => {
        // That way is no choice any more: then without one.
        const isGone = error instanceof ApiProblem && ["shipping_unknown", "too_heavy"].includes(error.code);
        if (isGone) return getCartQuote(cartId, null);
        throw error;
      });
      setQuote(answer);
      tellCart(answer.cart);
      return answer;
    },
    [cartId],
  );

  /** Returns the refusal, or null. Ends with the quote of that moment in any case. */
  const change = async (ask: () => Promise<unknown>, shipping = quote.shipping): Promise<ApiProblem | null> => {
    setIsBusy(true);
    try {
      await ask();
      await load(shipping);
      return null;
    } catch (error) {
      return error instanceof ApiProblem ? error : new ApiProblem("internal");
    } finally {
      setIsBusy(false);
    }
  };

  return {
    quote,
    isBusy,
    reload: () => load(quote.shipping),
    chooseDelivery: (shipping: string) => change(async () => {}, shipping),
    enterCode: (code: string) => change(() => putCartCode(cartId, code)),
    dropCode: () => change(() => deleteCartCode(cartId)),
    /** Lines that were accepted as they are now. */
    setLines: (quantities: ReadonlyMap<string, number>) =>
      change(async () => {
        for (const [variantId, quantity] of quantities) await putCartLine(cartId, variantId, quantity);
      }),
  };
}
