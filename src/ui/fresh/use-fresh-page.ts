"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { serverNow } from "../server-time.ts";
import { isOlderThanLastChange } from "./last-change.ts";
import { useRestored } from "./use-restored.ts";

const staleAfterMs = 5_000;
const awayMs = 30_000;

/** Reloads when Back shows an old page, or when the customer returns to a tab left alone. */
export function useFreshPage(renderedAt: number): void {
  const router = useRouter();
  const isFirst = useRef(true);
  useRestored(useCallback(() => router.refresh(), [router]));
  useEffect(() => {
    // Only on the first paint: a clock changed later must not cause endless reloads.
    if (isFirst.current && (isOlderThanLastChange(renderedAt) || serverNow() - renderedAt > staleAfterMs)) router.refresh();
    isFirst.current = false;
    const onVisible = () => {
      if (document.visibilityState === "visible" && serverNow() - renderedAt > awayMs) router.refresh();
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [renderedAt, router]);
}
