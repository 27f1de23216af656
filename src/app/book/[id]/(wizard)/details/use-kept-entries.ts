"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { Question } from "#contracts/answers.ts";
import { type Entries, keepEntries, keptNames, readEntries } from "../kept-visit.ts";
import type { DetailsValues } from "./details-values.ts";

type Kept = { link: string; prefill: Entries; questions: readonly Question[] };

/**
 * Keeps entries across reload and Back, in this tab only. Never overwrites typed text. A signed
 * link fills in what this visit has not had yet. Answers to personal questions are not kept: the
 * next person at this browser may see the tab.
 */
export function useKeptEntries(form: UseFormReturn<DetailsValues>, { link, prefill, questions }: Kept): void {
  useEffect(() => {
    const answers = questions.filter(({ isPersonal }) => !isPersonal).map(({ id }) => `answers.${id}` as const);
    const names = [...keptNames, ...answers];
    const entries: Entries = { ...prefill, ...readEntries(link) };
    for (const name of names) {
      const entry = entries[name];
      if (entry && !form.getValues(name)) form.setValue(name, entry);
    }
    const subscription = form.watch(() => keepEntries(link, Object.fromEntries(names.map((name) => [name, form.getValues(name) ?? ""]))));
    return () => subscription.unsubscribe();
  }, [form, link, prefill, questions]);
}
