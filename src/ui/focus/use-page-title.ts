"use client";

import { useEffect } from "react";

/**
 * The title of a state that came without a new page. It is held: Next writes the title with which
 * the page was drawn once more when it has woken up, and that may be after the state has changed.
 */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return;
    const hold = () => {
      if (document.title !== title) document.title = title;
    };
    hold();
    const watch = new MutationObserver(hold);
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [title]);
}
