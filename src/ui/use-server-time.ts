"use client";

import { useEffect, useState } from "react";
import { serverNow } from "./server-time.ts";

/** Ticks each second. Starts with the page's own time, so that the first paint matches. */
export function useServerTime(renderedAt: number): number {
  const [now, setNow] = useState(renderedAt);
  useEffect(() => {
    const tick = () => setNow(serverNow());
    tick();
    const timer = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, []);
  return now;
}
