"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { ApiProblem } from "./api.ts";

/** Finds words for any error. A code that the catalogue does not know reads as our own fault. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations("errors");
  return useCallback(
    (error) => {
      const code = error instanceof ApiProblem ? error.code : "internal";
      return t(isKnown(code, t.has) ? code : "internal");
    },
    [t],
  );
}

type Words = ReturnType<typeof useTranslations<"errors">>;
type Code = Parameters<Words["has"]>[0];

function isKnown(code: string, has: Words["has"]): code is Code {
  return has(code as Code);
}
