"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import { keepWords, readKeptWords } from "#ui/wizard/kept-words.ts";
import { type CheckoutValues, fieldNames } from "./checkout-values.ts";

const keyOf = (slug: string) => `konfirmado.order.${slug}`;
const keptNames = fieldNames.filter((name) => name !== "acceptedTerms" && name !== "isForOther");

/** Keeps what is typed across reload and Back, in this tab only. Never overwrites typed text. */
export function useKeptValues(form: UseFormReturn<CheckoutValues>, slug: string, country: string): void {
  useEffect(() => {
    const kept: Partial<Record<string, string>> = readKeptWords(keyOf(slug));
    for (const name of keptNames) {
      const value = kept[name];
      const now = form.getValues(name);
      if (value && (!now || (name === "country" && now === country))) form.setValue(name, value);
    }
    if (kept["isForOther"]) form.setValue("isForOther", true);
    const subscription = form.watch((values) => {
      const typed = keptNames.map((name) => [name, values[name] ?? ""]);
      keepWords(keyOf(slug), Object.fromEntries([...typed, ["isForOther", values.isForOther ? "yes" : ""]]));
    });
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
