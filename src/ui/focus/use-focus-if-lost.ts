"use client";

import { type RefObject, useEffect } from "react";

let hasActed = false;
if (typeof document !== "undefined") {
  for (const act of ["keydown", "pointerdown"]) document.addEventListener(act, () => (hasActed = true), { capture: true, once: true });
}

/**
 * Gets the focus after a change that took away what had it. Else a keyboard starts at the top,
 * and a screen reader falls silent. `change` tells one state from the next. Nothing moves before
 * the visitor has done anything.
 */
export function useFocusIfLost(target: RefObject<HTMLElement | null>, change: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `change` says when to look.
  useEffect(() => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (hasActed && isLost) target.current?.focus({ preventScroll: true });
  }, [target, change]);
}
