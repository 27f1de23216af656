"use client";

import { useCallback, useRef, useState } from "react";
import type { Cart } from "#contracts/shop/cart.ts";
import { putCartLine } from "#ui/shop/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";

type Ends = { onAnswer: (cart: Cart) => void; onRefused: (variantId: string) => void };

/**
 * Changes of lines, one after another: a press while another runs waits, and of several for one
 * line only the last is sent. `wanted` has what was pressed and is not answered yet.
 */
export function useLineQueue(cartId: string | null, { onAnswer, onRefused }: Ends) {
  const errorText = useErrorText();
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(new Map());
  const [problem, setProblem] = useState<string | null>(null);
  const waiting = useRef(new Map<string, number>());
  const isSending = useRef(false);

  const run = useCallback(
    async (id: string) => {
      if (isSending.current) return;
      isSending.current = true;
      for (let next = first(waiting.current); next; next = first(waiting.current)) {
        const [variantId, quantity] = next;
        waiting.current.delete(variantId);
        try {
          onAnswer(await putCartLine(id, variantId, quantity));
        } catch (error) {
          setProblem(errorText(error));
          onRefused(variantId);
        }
        if (!waiting.current.has(variantId)) setWanted((map) => without(map, variantId));
      }
      isSending.current = false;
    },
    [onAnswer, onRefused, errorText],
  );

  const send = (variantId: string, quantity: number) => {
    if (cartId === null) return;
    setProblem(null);
    waiting.current.set(variantId, quantity);
    setWanted((map) => new Map(map).set(variantId, quantity));
    void run(cartId);
  };

  return { wanted, isBusy: wanted.size > 0, problem, send };
}

function first(map: ReadonlyMap<string, number>): [string, number] | undefined {
  return map.entries().next().value;
}

function without(map: ReadonlyMap<string, number>, key: string): ReadonlyMap<string, number> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
