"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { ApiProblem } from "#ui/api.ts";
import { useRestored } from "#ui/fresh/use-restored.ts";
import { postCart, putCartLine } from "#ui/shop/api.ts";
import { tellCart } from "#ui/shop/cart-count.ts";
import { piecesIn } from "#ui/shop/pieces.ts";
import { useErrorText } from "#ui/use-error-text.ts";

/** `added` says how many pieces the cart has after a press. It is null while one runs. */
export function useAddToCart(slug: string) {
  const t = useTranslations("shop");
  const errorText = useErrorText();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [added, setAdded] = useState<number | null>(null);
  useRestored(useCallback(() => setIsBusy(false), []));

  async function add(variantId: string, quantity: number) {
    setIsBusy(true);
    setProblem(null);
    setAdded(null);
    let before = 0;
    try {
      const own = await postCart(slug);
      before = own.lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
      const cart = await putCartLine(own.id, variantId, before + quantity);
      tellCart(cart);
      setAdded(piecesIn(cart));
    } catch (error) {
      setProblem(wordsOf(error, before) ?? errorText(error));
    }
    setIsBusy(false);
  }

  /** What is left, beside what is in the cart already. */
  function wordsOf(error: unknown, before: number): string | null {
    if (!(error instanceof ApiProblem) || error.code !== "out_of_stock") return null;
    const left = error.shown.lines?.[0]?.available ?? null;
    return left === null ? null : t("notEnough", { left, before });
  }

  return { add, isBusy, problem, added };
}
