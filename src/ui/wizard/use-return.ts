"use client";

import { useCallback, useEffect, useState } from "react";

type Return = { checkoutId: string; returnUrl: string | null; seconds: number };

/**
 * Counts down to the merchant's own page, once per tab, while the page is visible. `left` is null
 * while nobody is sent on. `stay` ends it for good.
 */
export function useReturn({ checkoutId, returnUrl, seconds }: Return): { left: number | null; stay(): void } {
  const [left, setLeft] = useState<number | null>(null);

  useEffect(() => {
    if (returnUrl && seconds > 0 && claimReturn(checkoutId)) setLeft(seconds);
  }, [checkoutId, returnUrl, seconds]);

  useEffect(() => {
    if (left === null || !returnUrl) return;
    if (left === 0) {
      window.location.assign(returnUrl);
      return;
    }
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") setLeft(left - 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [left, returnUrl]);

  return { left, stay: useCallback(() => setLeft(null), []) };
}

/** True the first time in this tab. Where storage is forbidden nobody is sent on. */
function claimReturn(checkoutId: string): boolean {
  try {
    const key = `konfirmado.returned.${checkoutId}`;
    if (sessionStorage.getItem(key)) return false;
    sessionStorage.setItem(key, "yes");
    return true;
  } catch {
    return false;
  }
}
