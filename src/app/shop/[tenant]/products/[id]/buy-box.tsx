"use client";

import { ShoppingCart } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cartAddress } from "#app/shop/address.ts";
import { StockWords } from "#app/shop/stock-words.tsx";
import { linePiecesMax } from "#contracts/shop/limits.ts";
import type { StoreProduct } from "#contracts/shop/store-product.ts";
import { Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { formatPrice } from "#ui/format.ts";
import { NextLink } from "#ui/next-link.tsx";
import { Quantity } from "#ui/shop/quantity.tsx";
import { useAddToCart } from "./use-add-to-cart.ts";
import { VariantChoice } from "./variant-choice.tsx";

type BuyBoxProps = {
  product: StoreProduct;
  shop: { slug: string; isOpen: boolean };
  locale: string;
  merchantLocale: string;
  wantedVariant: string | null;
};

/** The price of what is chosen, how many, and the way into the cart. */
export function BuyBox({ product, shop, locale, merchantLocale, wantedVariant }: BuyBoxProps) {
  const t = useTranslations("shop");
  const price = useTranslations("price");
  const [chosenId, setChosenId] = useState(() => firstChoice(product.variants, wantedVariant)?.id);
  const [wanted, setWanted] = useState(1);
  const { add, isBusy, problem, added } = useAddToCart(shop.slug);
  const chosen = product.variants.find(({ id }) => id === chosenId);
  if (!chosen) return null;
  const isSoldOut = chosen.stock.state === "sold_out";
  const max = Math.min(chosen.stock.left ?? linePiecesMax, product.perOrderMax ?? linePiecesMax, linePiecesMax);
  const quantity = Math.min(wanted, Math.max(1, max));
  const money = (amountMinor: number) => formatPrice({ amountMinor, currency: product.currency, locale, free: price("free") });
  return (
    <div className="space-y-5">
      <div>
        <p className="font-bold text-2xl tabular-nums" data-testid="price">
          {money(chosen.priceMinor)}
        </p>
        <TaxWords product={product} />
        <StockWords stock={chosen.stock} isDigital={product.isDigital} className="mt-1 block text-base" />
      </div>
      {product.variants.length > 1 && (
        <VariantChoice
          variants={product.variants}
          chosenId={chosen.id}
          choose={setChosenId}
          money={money}
          merchantLocale={merchantLocale}
        />
      )}
      {shop.isOpen && (
        <>
          {!isSoldOut && max > 1 && (
            <div className="flex items-center gap-4">
              <label htmlFor="quantity" className="font-medium">
                {t("quantity.label")}
              </label>
              <Quantity id="quantity" label={t("quantity.label")} value={quantity} max={max} onChange={setWanted} />
              {product.perOrderMax !== null && (
                <span className="text-muted text-sm">{t("quantity.max", { max: product.perOrderMax })}</span>
              )}
            </div>
          )}
          <Problem text={problem} />
          <Button
            wide
            data-testid="add-to-cart"
            className="min-h-14 text-lg"
            disabled={isSoldOut}
            busyText={isBusy ? t("adding") : undefined}
            onClick={() => add(chosen.id, quantity)}
          >
            {!isSoldOut && <ShoppingCart aria-hidden className="size-5 shrink-0" />}
            {isSoldOut ? t("stock.sold_out") : t("add", { price: money(chosen.priceMinor * quantity) })}
          </Button>
          <div role="status" data-testid="added">
            {added !== null && (
              <div className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-good/25 bg-good-soft px-4 py-3 text-good">
                <p className="font-medium">{t("added", { count: added })}</p>
                <NextLink href={cartAddress(shop.slug)} data-testid="to-cart" className={buttonStyles({ look: "outline" })}>
                  {t("toCart")}
                </NextLink>
              </div>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** The wanted one, else the first that can be had. */
function firstChoice(variants: StoreProduct["variants"], wanted: string | null): StoreProduct["variants"][number] | undefined {
  return variants.find(({ id }) => id === wanted) ?? variants.find(({ stock }) => stock.state !== "sold_out") ?? variants[0];
}

function TaxWords({ product: { taxPercent, taxIncluded } }: { product: StoreProduct }) {
  const t = useTranslations("shop.tax");
  if (taxPercent === 0) return null;
  return <p className="text-muted text-sm">{t(taxIncluded ? "included" : "added", { percent: taxPercent })}</p>;
}
