"use client";

import { useEffect, useRef } from "react";
import { newIdempotencyKey } from "../../api.ts";

/** A repeat of what was sent without an answer makes nothing twice. */
export function useKeyForBody(): (body: string) => string {
  const sent = useRef({ body: "", key: "" });
  return (body) => {
    if (sent.current.body !== body) sent.current = { body, key: newIdempotencyKey() };
    return sent.current.key;
  };
}

/** What was typed is not lost by a press on another tab's close button. */
export function useLeaveWarning(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isChanged]);
}

/** The first field that the server refused. */
export function useFocusOnWrong(wrong: readonly string[]): void {
  useEffect(() => {
    if (wrong.length > 0) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
}
