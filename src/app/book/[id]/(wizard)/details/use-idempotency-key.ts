"use client";

import { useCallback, useRef } from "react";
import { newIdempotencyKey } from "#ui/api.ts";

/** The same request gets the same key, so that pressing again after a lost answer books once; a changed request gets a new one. */
export function useIdempotencyKey(): (request: unknown) => string {
  const last = useRef<{ body: string; key: string } | null>(null);
  return useCallback((request) => {
    const body = JSON.stringify(request);
    if (last.current?.body !== body) last.current = { body, key: newIdempotencyKey() };
    return last.current.key;
  }, []);
}
