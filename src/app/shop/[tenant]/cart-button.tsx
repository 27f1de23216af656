"use client";

import { ShoppingCart } from "lucide-react";
import { useTranslations } from "next-intl";
import { NextLink } from "#ui/next-link.tsx";
import { useCartCount } from "#ui/shop/cart-count.ts";

const shownMax = 99;

export function CartButton({ address, count: initial, renderedAt }: { address: string; count: number; renderedAt: number }) {
  const t = useTranslations("shop");
  const count = useCartCount(initial, renderedAt);
  return (
    <NextLink
      href={address}
      data-testid="cart-button"
      data-count={count}
      className="button-shape relative inline-flex min-h-12 shrink-0 items-center gap-2 rounded-xl border border-edge bg-card px-3.5 font-semibold hover:border-ink"
    >
      <ShoppingCart aria-hidden className="size-5" />
      <span className="sr-only sm:not-sr-only">{t("cart")}</span>
      <span className="sr-only">{t("pieces", { count })}</span>
      {count > 0 && (
        <span aria-hidden className="min-w-6 rounded-full bg-brand px-1.5 py-0.5 text-center text-on-brand text-sm tabular-nums leading-5">
          {count > shownMax ? `${shownMax}+` : count}
        </span>
      )}
    </NextLink>
  );
}
