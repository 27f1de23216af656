"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ProductPicture } from "#app/shop/product-picture.tsx";
import { classNames } from "#ui/class-names.ts";

/** Low on a phone, so that price and choice stand on the first screen. */
const large = "w-full max-sm:aspect-[2/1] max-sm:object-contain";

/** A row that fingers move, also without scripts. Small pictures lead to large ones. */
export function Gallery({ images, title }: { images: readonly string[]; title: string }) {
  const t = useTranslations("shop.gallery");
  const row = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState(0);
  if (images.length < 2) return <ProductPicture src={images[0] ?? null} size={640} className={large} />;

  const look = () => {
    const { current } = row;
    if (current && current.clientWidth > 0) setShown(Math.round(current.scrollLeft / current.clientWidth));
  };
  const show = (index: number) => row.current?.scrollTo({ left: index * row.current.clientWidth });
  return (
    <section aria-label={t("label", { title })} className="min-w-0 space-y-3">
      <ul
        ref={row}
        onScroll={look}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls needs the keyboard.
        tabIndex={0}
        aria-label={t("pictures")}
        className="flex snap-x snap-mandatory overflow-x-auto rounded-xl [scrollbar-width:none] motion-safe:scroll-smooth"
      >
        {images.map((src, index) => (
          <li key={src} className="w-full shrink-0 snap-center">
            <ProductPicture src={src} size={640} className={large} loading={index === 0 ? "eager" : "lazy"} />
          </li>
        ))}
      </ul>
      <ul className="flex flex-wrap gap-2">
        {images.map((src, index) => (
          <li key={src}>
            <button
              type="button"
              aria-label={t("show", { number: index + 1, total: images.length })}
              aria-pressed={index === shown}
              onClick={() => show(index)}
              className={classNames(
                "block rounded-xl border-2 p-0.5",
                index === shown ? "border-brand-ink" : "border-line hover:border-edge",
              )}
            >
              <ProductPicture src={src} size={56} className="size-14 rounded-lg" loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
