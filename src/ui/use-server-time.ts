"use client";

import { useEffect, useState } from "react";
import { hasClockJumped, readServerTime, serverNow } from "./server-time.ts";

/**
 * Ticks each second. Starts with the page's own time, so that the first paint matches. Asks the
 * server when the page is seen again, and after a jump of the clock.
 */
export function useServerTime(renderedAt: number): number {
  const [now, setNow] = useState(renderedAt);
  useEffect(() => {
    const show = () => setNow(serverNow());
    const readAgain = () => readServerTime().then(show);
    const tick = () => (hasClockJumped() ? readAgain() : show());
    const onVisible = () => document.visibilityState === "visible" && readAgain();
    tick();
    const timer = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  return now;
}
