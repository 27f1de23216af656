"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 60_000;

/** Reads the page anew each minute and when it is seen again, but not under somebody's hands. */
export function useFreshDesk(isIdle: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isIdle) return;
    const refresh = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    const timer = setInterval(refresh, everyMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [isIdle, router]);
}
