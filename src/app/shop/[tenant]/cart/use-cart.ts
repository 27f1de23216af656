"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Cart, CartLine } from "#contracts/shop/cart.ts";
import { ApiProblem } from "#ui/api.ts";
import { deleteCartCode, putCartCode, putCartLine } from "#ui/shop/api.ts";
import { tellCart } from "#ui/shop/cart-count.ts";
import { useErrorText } from "#ui/use-error-text.ts";

/** A line that was taken out in this tab, where it may be put back. */
type Removed = { line: CartLine };
export type OwnCart = ReturnType<typeof useCart>;

/**
 * The cart and its changes, one after another: a press while another runs waits, and of several for
 * one line only the last is sent. The page shows what was pressed at once.
 */
export function useCart(initial: Cart | null) {
  const errorText = useErrorText();
  const [cart, setCart] = useState(initial);
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(new Map());
  const [removed, setRemoved] = useState<readonly Removed[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState<"saidChanged" | "saidRemoved" | null>(null);
  const waiting = useRef(new Map<string, number>());
  const isSending = useRef(false);
  // A page that was read anew knows better, unless something is still on its way.
  useEffect(() => {
    if (!isSending.current) setCart(initial);
  }, [initial]);

  const show = useCallback((answer: Cart) => {
    setCart(answer);
    tellCart(answer);
  }, []);

  const send = useCallback(
    async (cartId: string) => {
      if (isSending.current) return;
      isSending.current = true;
      for (let next = first(waiting.current); next; next = first(waiting.current)) {
        const [variantId, quantity] = next;
        waiting.current.delete(variantId);
        try {
          show(await putCartLine(cartId, variantId, quantity));
        } catch (error) {
          setProblem(errorText(error));
          setRemoved((lines) => lines.filter(({ line }) => line.variantId !== variantId));
        }
        if (!waiting.current.has(variantId)) setWanted((map) => without(map, variantId));
      }
      isSending.current = false;
    },
    [show, errorText],
  );

  const set = useCallback(
    (variantId: string, quantity: number) => {
      if (!cart) return;
      setProblem(null);
      setSaid(quantity === 0 ? "saidRemoved" : "saidChanged");
      waiting.current.set(variantId, quantity);
      setWanted((map) => new Map(map).set(variantId, quantity));
      void send(cart.id);
    },
    [cart, send],
  );

  const change = async (ask: (cartId: string) => Promise<Cart>): Promise<ApiProblem | null> => {
    if (!cart) return null;
    setProblem(null);
    try {
      show(await ask(cart.id));
      setSaid("saidChanged");
      return null;
    } catch (error) {
      return error instanceof ApiProblem ? error : new ApiProblem("internal");
    }
  };

  return {
    cart,
    removed,
    problem,
    said,
    isBusy: wanted.size > 0,
    wantedOf: (variantId: string) => wanted.get(variantId),
    quantityOf: (variantId: string) => wanted.get(variantId) ?? cart?.lines.find((line) => line.variantId === variantId)?.quantity ?? 0,
    set,
    setAll(quantities: ReadonlyMap<string, number>) {
      for (const [variantId, quantity] of quantities) set(variantId, quantity);
    },
    remove(line: CartLine) {
      setRemoved((lines) => [...lines.filter(({ line: other }) => other.variantId !== line.variantId), { line }]);
      set(line.variantId, 0);
    },
    undo(variantId: string) {
      const before = removed.find(({ line }) => line.variantId === variantId);
      setRemoved((lines) => lines.filter(({ line }) => line.variantId !== variantId));
      if (before) set(variantId, before.line.quantity);
    },
    enterCode: (code: string) => change((cartId) => putCartCode(cartId, code)),
    dropCode: () => change(deleteCartCode),
  };
}

function first(map: ReadonlyMap<string, number>): [string, number] | undefined {
  return map.entries().next().value;
}

function without(map: ReadonlyMap<string, number>, key: string): ReadonlyMap<string, number> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
