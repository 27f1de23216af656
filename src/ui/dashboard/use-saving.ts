"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import { ApiProblem } from "../api.ts";
import { useErrorText } from "../use-error-text.ts";

export type Saving = {
  isSaving: boolean;
  /** In words, for `<Problem>`. What was typed stays. */
  problem: string | null;
  /** The refusal's code, for what needs more than words, such as `changed_meanwhile`. */
  code: string | null;
  /** Paths of the fields that the server refuses, such as `name`. */
  wrong: readonly string[];
  /** Once at a time: a double click acts once. Afterwards the page's data is read anew. */
  save<T>(work: () => Promise<T>, after?: (answer: T) => void): Promise<void>;
  clear(): void;
};

type Failure = { problem: string; code: string; wrong: readonly string[] };

export function useSaving(): Saving {
  const router = useRouter();
  const errorText = useErrorText();
  const isRunning = useRef(false);
  const [isSaving, setIsSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const save = useCallback(
    async <T>(work: () => Promise<T>, after?: (answer: T) => void) => {
      if (isRunning.current) return;
      isRunning.current = true;
      setIsSaving(true);
      setFailure(null);
      try {
        const answer = await work();
        router.refresh();
        after?.(answer);
      } catch (error) {
        const known = error instanceof ApiProblem ? error : null;
        setFailure({ problem: errorText(error), code: known?.code ?? "internal", wrong: known?.errors.map(({ path }) => path) ?? [] });
      } finally {
        isRunning.current = false;
        setIsSaving(false);
      }
    },
    [errorText, router],
  );
  const clear = useCallback(() => setFailure(null), []);
  return { isSaving, problem: failure?.problem ?? null, code: failure?.code ?? null, wrong: failure?.wrong ?? [], save, clear };
}
