import { ImageOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Product } from "#contracts/shop-desk/products.ts";
import { Badge } from "#ui/badge.tsx";
import { classNames } from "#ui/class-names.ts";
import { type MenuItem, MoreMenu } from "#ui/dashboard/menu.tsx";
import { formatMoney } from "#ui/format.ts";
import { Picture } from "#ui/picture.tsx";

type RowProps = { product: Product; items: readonly MenuItem[]; locale: string; merchantLocale: string };

export function ProductRow({ product, items, locale, merchantLocale }: RowProps) {
  const t = useTranslations("shopDesk.products");
  const { id, title, category, imageUrls, variants, isActive, onHand } = product;
  const [picture] = imageUrls;
  return (
    <li
      data-testid="product"
      className={classNames(
        "flex items-center gap-3 rounded-2xl border border-line bg-card p-3 sm:gap-4 sm:p-4",
        !isActive && "border-dashed",
      )}
    >
      <span className="grid size-16 shrink-0 place-items-center overflow-hidden rounded-xl bg-paper sm:size-18">
        {picture ? (
          <Picture src={picture} width={144} height={144} className="size-full object-cover" />
        ) : (
          <ImageOff aria-hidden className="size-6 text-muted" />
        )}
      </span>
      <div className="min-w-0 grow sm:grid sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:gap-x-6">
        <div className="min-w-0">
          <h2 className="break-words font-semibold">
            <Link href={`/dashboard/products/${id}`} className="underline-offset-4 hover:underline">
              <span lang={merchantLocale} dir="auto">
                {title}
              </span>
            </Link>
          </h2>
          <p className="text-muted text-sm">
            {[category, variants.length > 1 ? t("variants", { count: variants.length }) : null].filter(Boolean).join(" · ")}
          </p>
          <Marks product={product} />
        </div>
        <div className="mt-1 flex flex-wrap gap-x-3 whitespace-nowrap text-sm tabular-nums sm:mt-0 sm:block sm:text-right">
          <p className="font-semibold sm:text-base">
            <Prices product={product} locale={locale} />
          </p>
          <p className="text-muted">{onHand === null ? t("endless") : t("onHand", { count: onHand })}</p>
        </div>
      </div>
      {items.length > 0 && <MoreMenu of={title} items={items} />}
    </li>
  );
}

function Prices({ product: { variants }, locale }: { product: Product; locale: string }) {
  const t = useTranslations("shopDesk.products");
  const prices = variants.map(({ priceMinor }) => priceMinor);
  const [first] = variants;
  if (!first) return null;
  const lowest = formatMoney({ amountMinor: Math.min(...prices), currency: first.currency, locale });
  return Math.min(...prices) === Math.max(...prices) ? lowest : t("from", { price: lowest });
}

function Marks({ product }: { product: Product }) {
  const t = useTranslations("shopDesk.products.marks");
  const { archivedAt, isActive, isDigital, isLow, onHand, variants } = product;
  const gone = variants.filter((variant) => variant.onHand === 0).length;
  const marks: [word: string, isWarning: boolean][] = [
    ...(archivedAt !== null ? [[t("archived"), false] as [string, boolean]] : []),
    ...(isActive ? [] : [[t("hidden"), true] as [string, boolean]]),
    ...(onHand === 0 ? [[t("soldOut"), true] as [string, boolean]] : []),
    ...(onHand !== 0 && gone > 0 ? [[t("someSoldOut", { count: gone }), true] as [string, boolean]] : []),
    ...(isLow && gone === 0 ? [[t("low"), true] as [string, boolean]] : []),
    ...(isDigital ? [[t("digital"), false] as [string, boolean]] : []),
  ];
  if (marks.length === 0) return null;
  return (
    <ul className="mt-1.5 flex flex-wrap gap-1.5">
      {marks.map(([word, isWarning]) => (
        <li key={word}>
          <Badge className={isWarning ? "bg-warn-soft text-warn" : ""}>{word}</Badge>
        </li>
      ))}
    </ul>
  );
}
