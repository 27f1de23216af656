import { useTranslations } from "next-intl";
import type { StoreProduct } from "#contracts/shop/store-product.ts";
import { classNames } from "#ui/class-names.ts";

/** Colour is not the only sign: each has its words. */
export function StockWords({ stock, isDigital, className }: { stock: StoreProduct["stock"]; isDigital: boolean; className?: string }) {
  const t = useTranslations("shop.stock");
  const look = stock.state === "sold_out" ? "text-muted" : stock.state === "few_left" ? "text-warn" : "text-good";
  return (
    <span data-testid="stock" data-stock={stock.state} className={classNames("font-medium text-sm", look, className)}>
      {stock.state === "few_left"
        ? t("few_left", { left: stock.left ?? 0 })
        : t(isDigital && stock.state === "in_stock" ? "digital" : stock.state)}
    </span>
  );
}
