"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { Cart } from "#contracts/shop/cart.ts";
import { piecesIn } from "./pieces.ts";

/** Pieces in the cart, as the header of every page says them. Null before an answer has told. */
let told: number | null = null;
const listeners = new Set<() => void>();

export function tellCart(cart: Cart): void {
  tell(piecesIn(cart));
}

/** `renderedAt`: a page that was made anew knows better than this tab. */
export function useCartCount(initial: number, renderedAt: number): number {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page says it once more.
  useEffect(() => tell(initial), [initial, renderedAt]);
  return useSyncExternalStore(
    listen,
    () => told ?? initial,
    () => initial,
  );
}

function tell(count: number): void {
  told = count;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
