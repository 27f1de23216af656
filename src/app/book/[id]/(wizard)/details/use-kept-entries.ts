"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { DetailsValues } from "./details-values.ts";

const kept = ["name", "email", "phone"] as const;

/** Keeps entries across reload and Back, in this tab only. Never overwrites typed text. */
export function useKeptEntries(form: UseFormReturn<DetailsValues>, link: string): void {
  useEffect(() => {
    const key = `konfirmado.details.${link}`;
    const entries = read(key);
    for (const name of kept) {
      const entry = entries[name];
      if (entry && !form.getValues(name)) form.setValue(name, entry);
    }
    const subscription = form.watch((values) => write(key, Object.fromEntries(kept.map((name) => [name, values[name] ?? ""]))));
    return () => subscription.unsubscribe();
  }, [form, link]);
}

/** A browser may forbid storage. Then nothing is kept, and nothing breaks. */
function read(key: string): Partial<Record<(typeof kept)[number], string>> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === "string"));
  } catch {
    return {};
  }
}

function write(key: string, entries: Record<string, string>): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(entries));
  } catch {
    // Forbidden or full: see above.
  }
}
