"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type Entries, keepEntries, keptNames, readEntries } from "../kept-visit.ts";
import type { DetailsValues } from "./details-values.ts";

/**
 * Keeps entries across reload and Back, in this tab only. Never overwrites typed text. A signed
 * link fills in what this visit has not had yet.
 */
export function useKeptEntries(form: UseFormReturn<DetailsValues>, link: string, prefill: Entries): void {
  useEffect(() => {
    const entries = { ...prefill, ...readEntries(link) };
    for (const name of keptNames) {
      const entry = entries[name];
      if (entry && !form.getValues(name)) form.setValue(name, entry);
    }
    const subscription = form.watch((values) => keepEntries(link, Object.fromEntries(keptNames.map((name) => [name, values[name] ?? ""]))));
    return () => subscription.unsubscribe();
  }, [form, link, prefill]);
}
