"use client";

import { useCallback, useRef } from "react";
import { newIdempotencyKey } from "#ui/api.ts";

/** Gives the same request the same key: pressing again after a lost answer books only once. */
export function useIdempotencyKey(): (request: unknown) => string {
  const last = useRef<{ body: string; key: string } | null>(null);
  return useCallback((request) => {
    const body = JSON.stringify(request);
    if (last.current?.body !== body) last.current = { body, key: newIdempotencyKey() };
    return last.current.key;
  }, []);
}
