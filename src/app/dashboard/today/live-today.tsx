"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useFreshDesk } from "../calendar/use-fresh-desk.ts";
import { newsEvent } from "../notices/follow-news.ts";

/** Reads the day anew when the bell hears something, and each minute for what makes no noise. */
export function LiveToday() {
  const router = useRouter();
  useFreshDesk(true);
  useEffect(() => {
    const refresh = () => router.refresh();
    window.addEventListener(newsEvent, refresh);
    return () => window.removeEventListener(newsEvent, refresh);
  }, [router]);
  return null;
}
