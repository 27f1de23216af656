"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Cart, CartLine } from "#contracts/shop/cart.ts";
import { ApiProblem } from "#ui/api.ts";
import { deleteCartCode, putCartCode } from "#ui/shop/api.ts";
import { tellCart } from "#ui/shop/cart-count.ts";
import { useLineQueue } from "./use-line-queue.ts";

export type OwnCart = ReturnType<typeof useCart>;

/** The cart, its changes, and what was taken out in this tab, where it may be put back. */
export function useCart(initial: Cart | null) {
  const [cart, setCart] = useState(initial);
  const [removed, setRemoved] = useState<readonly CartLine[]>([]);
  const [said, setSaid] = useState<"saidChanged" | "saidRemoved" | null>(null);
  const show = useCallback((answer: Cart) => {
    setCart(answer);
    tellCart(answer);
  }, []);
  const forget = useCallback((variantId: string) => setRemoved((lines) => lines.filter((line) => line.variantId !== variantId)), []);
  const queue = useLineQueue(cart?.id ?? null, { onAnswer: show, onRefused: forget });
  const { wanted, isBusy } = queue;
  // A page that was read anew knows better, unless something is still on its way.
  const isBusyNow = useRef(isBusy);
  isBusyNow.current = isBusy;
  useEffect(() => {
    if (!isBusyNow.current) setCart(initial);
  }, [initial]);

  const set = (variantId: string, quantity: number) => {
    setSaid(quantity === 0 ? "saidRemoved" : "saidChanged");
    queue.send(variantId, quantity);
  };
  const change = async (ask: (cartId: string) => Promise<Cart>): Promise<ApiProblem | null> => {
    if (!cart) return null;
    try {
      show(await ask(cart.id));
      setSaid("saidChanged");
      return null;
    } catch (error) {
      return error instanceof ApiProblem ? error : new ApiProblem("internal");
    }
  };
  const wantedOf = (variantId: string) => wanted.get(variantId);

  return {
    cart,
    removed,
    problem: queue.problem,
    said,
    isBusy,
    wantedOf,
    quantityOf: (variantId: string) => wantedOf(variantId) ?? cart?.lines.find((line) => line.variantId === variantId)?.quantity ?? 0,
    set,
    setAll(quantities: ReadonlyMap<string, number>) {
      for (const [variantId, quantity] of quantities) set(variantId, quantity);
    },
    remove(line: CartLine) {
      setRemoved((lines) => [...lines.filter(({ variantId }) => variantId !== line.variantId), line]);
      set(line.variantId, 0);
    },
    undo(line: CartLine) {
      forget(line.variantId);
      set(line.variantId, line.quantity);
    },
    enterCode: (code: string) => change((cartId) => putCartCode(cartId, code)),
    dropCode: () => change(deleteCartCode),
  };
}
