"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type CheckoutValues, fieldNames } from "./checkout-values.ts";

const keyOf = (slug: string) => `konfirmado.order.${slug}`;
const keptNames = fieldNames.filter((name) => name !== "acceptedTerms");

/** Keeps what is typed across reload and Back, in this tab only. Never overwrites typed text. */
export function useKeptValues(form: UseFormReturn<CheckoutValues>, slug: string, country: string): void {
  useEffect(() => {
    const kept = read(keyOf(slug));
    for (const name of keptNames) {
      const value = kept[name];
      const now = form.getValues(name);
      if (value && (!now || (name === "country" && now === country))) form.setValue(name, value);
    }
    const subscription = form.watch((values) =>
      write(keyOf(slug), Object.fromEntries(keptNames.map((name) => [name, values[name] ?? ""]))),
    );
    return () => subscription.unsubscribe();
  }, [form, slug, country]);
}

/** The order is paid: whoever uses this tab next starts anew. */
export function forgetKeptValues(slug: string): void {
  try {
    sessionStorage.removeItem(keyOf(slug));
  } catch {
    // Forbidden: then nothing is kept.
  }
}

function read(key: string): Partial<Record<string, string>> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === "string"));
  } catch {
    return {};
  }
}

function write(key: string, values: object): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    // Forbidden or full: see above.
  }
}
