"use client";

import { useEffect } from "react";

/** Runs when Back shows a page as it was left, for instance with a button still busy. */
export function useRestored(restore: () => void): void {
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) restore();
    };
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, [restore]);
}
