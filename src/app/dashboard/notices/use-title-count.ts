"use client";

import { useEffect } from "react";

const counted = /^\(\d+\) /;

/** `(2) Reservas`: new bookings that nobody here has seen. Follows the title from page to page. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    const show = () => {
      const plain = document.title.replace(counted, "");
      const wanted = count > 0 ? `(${count}) ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
    };
    show();
    const watching = new MutationObserver(show);
    watching.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watching.disconnect();
  }, [count]);
}
