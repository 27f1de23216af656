import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatPrice } from "#ui/format.ts";
import { ProductPicture } from "./product-picture.tsx";

export type LineShown = {
  title: string;
  language: string;
  variantTitle: string;
  imageUrl: string | null;
  quantity: number;
  unitPriceMinor: number;
};

/** One line of an order, which nobody changes any more. */
export function LineRow({ line, currency, locale, children }: { line: LineShown; currency: string; locale: string; children?: ReactNode }) {
  const t = useTranslations("shopTotals");
  const price = useTranslations("price");
  const { title, language, variantTitle, imageUrl, quantity, unitPriceMinor } = line;
  const money = (amountMinor: number) => formatPrice({ amountMinor, currency, locale, free: price("free") });
  return (
    <li className="flex gap-3 py-3 first:pt-0 last:pb-0">
      <ProductPicture src={imageUrl} size={56} className="size-14 shrink-0" />
      <div className="min-w-0 grow">
        <p lang={language} className="font-medium leading-snug">
          {title}
          {variantTitle && <span className="block font-normal text-muted text-sm">{variantTitle}</span>}
        </p>
        <p className="text-muted text-sm tabular-nums">{t("pieces", { quantity, price: money(unitPriceMinor) })}</p>
        {children}
      </div>
      <p className="whitespace-nowrap font-medium tabular-nums">{money(unitPriceMinor * quantity)}</p>
    </li>
  );
}
