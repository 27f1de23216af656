"use client";

import { ShoppingCart } from "lucide-react";
import { useTranslations } from "next-intl";
import { shopAddress } from "#app/shop/address.ts";
import { buttonStyles } from "#ui/button.tsx";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { NextLink } from "#ui/next-link.tsx";

export function EmptyCart({ slug }: { slug: string }) {
  const t = useTranslations("shopCart.empty");
  return (
    <div data-testid="empty-cart" className="mx-auto flex max-w-lg grow flex-col items-center justify-center py-10 text-center">
      <ShoppingCart aria-hidden className="mb-5 size-12 text-brand-ink" />
      <FocusHeading className="font-bold text-2xl sm:text-3xl">{t("title")}</FocusHeading>
      <p className="mt-3 text-muted">{t("text")}</p>
      <NextLink href={shopAddress(slug)} className={buttonStyles({ className: "mt-7" })}>
        {t("toShop")}
      </NextLink>
    </div>
  );
}
