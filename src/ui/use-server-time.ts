"use client";

import { useEffect, useState } from "react";
import { serverNow } from "./server-time.ts";

/** The server's time, each second. The first value is the page's own, so that the first paint is what the server sent. */
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
