"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { Question } from "#contracts/answers.ts";
import type { DetailsValues } from "./details-values.ts";

const ofPerson = ["name", "email", "phone"] as const;
type Kept = { link: string; questions: readonly Question[] };

/**
 * Keeps entries across reload and Back, in this tab only. Never overwrites typed text. Answers to
 * personal questions are not kept: the next person at this browser may see the tab.
 */
export function useKeptEntries(form: UseFormReturn<DetailsValues>, { link, questions }: Kept): void {
  useEffect(() => {
    const key = `konfirmado.details.${link}`;
    const answers = questions.filter(({ isPersonal }) => !isPersonal).map(({ id }) => `answers.${id}` as const);
    const names = [...ofPerson, ...answers];
    const entries = read(key);
    for (const name of names) {
      const entry = entries[name];
      if (entry && !form.getValues(name)) form.setValue(name, entry);
    }
    const subscription = form.watch(() => write(key, Object.fromEntries(names.map((name) => [name, form.getValues(name) ?? ""]))));
    return () => subscription.unsubscribe();
  }, [form, link, questions]);
}

/** A browser may forbid storage. Then nothing is kept, and nothing breaks. */
function read(key: string): Partial<Record<string, string>> {
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
