"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { isOlderThanLastChange } from "./last-change.ts";
import { serverNow } from "./server-time.ts";

const staleAfterMs = 5_000;
const awayMs = 30_000;

/** Asks the server again when Back has brought up an old page, or the customer returns to a tab left alone. */
export function useFreshPage(renderedAt: number): void {
  const router = useRouter();
  const isFirst = useRef(true);
  useEffect(() => {
    // Only when the page appears: a clock that is changed while it is open must not make it ask for ever.
    if (isFirst.current && (isOlderThanLastChange(renderedAt) || serverNow() - renderedAt > staleAfterMs)) router.refresh();
    isFirst.current = false;
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) router.refresh();
    };
    const onVisible = () => {
      if (document.visibilityState === "visible" && serverNow() - renderedAt > awayMs) router.refresh();
    };
    window.addEventListener("pageshow", onShow);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      window.removeEventListener("pageshow", onShow);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [renderedAt, router]);
}
