"use client";

import { Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { productAddress } from "#app/shop/address.ts";
import { ProductPicture } from "#app/shop/product-picture.tsx";
import { wordsIn } from "#app/shop/product-words.ts";
import type { CartLine as Line } from "#contracts/shop/cart.ts";
import { formatPrice } from "#ui/format.ts";
import { NextLink } from "#ui/next-link.tsx";
import { Quantity } from "#ui/shop/quantity.tsx";
import type { OwnCart } from "./use-cart.ts";

type CartLineProps = { line: Line; own: OwnCart; slug: string; currency: string; locale: string; merchantLocale: string };

export function CartLine({ line, own, slug, currency, locale, merchantLocale }: CartLineProps) {
  const t = useTranslations("shopCart");
  const price = useTranslations("price");
  const { title, language } = wordsIn({ title: line.productTitle }, line.translations, { locale: useLocale(), merchantLocale });
  const { variantId, variantTitle, unitPriceMinor } = line;
  const quantity = own.wantedOf(variantId) ?? line.quantity;
  const money = (amountMinor: number) => formatPrice({ amountMinor, currency, locale, free: price("free") });
  const isAtMost = quantity >= line.quantityMax;
  return (
    <li className="flex gap-3 py-4 sm:gap-4" data-testid="cart-line" data-variant={variantId} data-quantity={quantity}>
      <ProductPicture src={line.imageUrl} size={80} className="size-16 shrink-0 sm:size-20" />
      <div className="min-w-0 grow">
        <div className="flex items-start justify-between gap-3">
          <NextLink
            href={productAddress(slug, line.productId, variantId)}
            lang={language}
            className="min-w-0 font-semibold leading-snug underline-offset-4 hover:underline"
          >
            {title}
          </NextLink>
          <p className="whitespace-nowrap font-semibold tabular-nums">{money(unitPriceMinor * quantity)}</p>
        </div>
        <p className="text-muted text-sm">
          {variantTitle && (
            <>
              <span lang={merchantLocale}>{variantTitle}</span> ·{" "}
            </>
          )}
          <span className="tabular-nums">{t("each", { price: money(unitPriceMinor) })}</span>
        </p>
        <div className="mt-2 flex flex-wrap items-center justify-between gap-x-2 gap-y-2">
          <Quantity
            id={`quantity-${variantId}`}
            label={t("quantityOf", { title })}
            value={quantity}
            max={Math.max(line.quantityMax, line.quantity)}
            onChange={(next) => own.set(variantId, next)}
          />
          <button
            type="button"
            data-testid="remove"
            aria-label={t("removeOf", { title })}
            onClick={() => own.remove(line)}
            className="-mr-2 inline-flex min-h-11 items-center gap-1.5 rounded-lg px-2 text-muted underline-offset-4 hover:text-ink hover:underline"
          >
            <Trash2 aria-hidden className="size-4" />
            {t("remove")}
          </button>
        </div>
        {isAtMost && quantity > 1 && <p className="mt-1 text-muted text-sm">{t("atMost", { max: line.quantityMax })}</p>}
      </div>
    </li>
  );
}
