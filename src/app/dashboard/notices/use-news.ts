"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { NoticeState } from "#contracts/notices/notices.ts";
import { followNews, newsEvent } from "./follow-news.ts";

/** What the bell knows now, and `tell` for what this tab has learnt by itself. */
export function useNews(tenantId: string): { state: NoticeState | null; tell: (state: NoticeState) => void } {
  const [state, setState] = useState<NoticeState | null>(null);
  const following = useRef<ReturnType<typeof followNews> | null>(null);
  useEffect(() => {
    let latest: number | null = null;
    const follow = followNews(`konfirmado-notices-${tenantId}`, (next) => {
      setState(next);
      // The first answer is no news: the page was drawn a moment ago.
      if (latest !== null && next.latest > latest) window.dispatchEvent(new Event(newsEvent));
      latest = next.latest;
    });
    following.current = follow;
    return follow.stop;
  }, [tenantId]);
  const tell = useCallback((next: NoticeState) => following.current?.tell(next), []);
  return { state, tell };
}
