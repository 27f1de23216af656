"use client";

import { useEffect } from "react";

/** The title of a state that came without a new page. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    if (title !== null) document.title = title;
  }, [title]);
}
