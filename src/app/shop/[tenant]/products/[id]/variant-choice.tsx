"use client";

import { useTranslations } from "next-intl";
import type { StoreProduct } from "#contracts/shop/store-product.ts";
import { classNames } from "#ui/class-names.ts";

type VariantChoiceProps = {
  variants: StoreProduct["variants"];
  chosenId: string;
  choose: (id: string) => void;
  money: (amountMinor: number) => string;
  merchantLocale: string;
};

/** Also what is sold out can be chosen, to read its price. */
export function VariantChoice({ variants, chosenId, choose, money, merchantLocale }: VariantChoiceProps) {
  const t = useTranslations("shop");
  const hasOnePrice = variants.every(({ priceMinor }) => priceMinor === variants[0]?.priceMinor);
  return (
    <fieldset data-testid="variants">
      <legend className="mb-2 font-medium">{t("choose")}</legend>
      <div className="flex flex-wrap gap-2">
        {variants.map(({ id, title, priceMinor, stock }) => (
          <label
            key={id}
            className={classNames(
              "flex min-h-12 items-center rounded-xl border-2 px-4 py-2 has-focus-visible:outline-3 has-focus-visible:outline-brand-ink has-focus-visible:outline-offset-2",
              id === chosenId ? "border-brand-ink bg-brand-soft" : "border-line bg-card hover:border-edge",
            )}
          >
            <input
              type="radio"
              name="variant"
              value={id}
              checked={id === chosenId}
              onChange={() => choose(id)}
              data-testid="variant"
              className="sr-only"
            />
            <span>
              <span lang={merchantLocale} className={classNames("font-medium", stock.state === "sold_out" && "text-muted line-through")}>
                {title}
              </span>
              {!hasOnePrice && <span className="block text-muted text-sm tabular-nums">{money(priceMinor)}</span>}
              {stock.state === "sold_out" && <span className="block text-muted text-sm">{t("stock.sold_out")}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
