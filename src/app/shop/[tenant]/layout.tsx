import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { merchantMetadata } from "#app/merchant-metadata.ts";
import { timeNow } from "#queries/time-now.ts";
import { piecesIn } from "#ui/shop/pieces.ts";
import type { ShopParams } from "../address.ts";
import { ownCartOf, shopOf } from "../reads.ts";
import ShopNotFound from "./not-found.tsx";
import { ShopFrame } from "./shop-frame.tsx";

export async function generateMetadata({ params }: { params: ShopParams }): Promise<Metadata> {
  const found = await shopOf((await params).tenant);
  if (!found) return { title: (await getTranslations("problems"))("shopUnknown.title"), robots: { index: false } };
  const t = await getTranslations("shop");
  const { shop, page } = found;
  return merchantMetadata({ tenant: shop, page }, { title: t("title"), text: t("shareText", { tenant: shop.name }) });
}

export default async function ShopLayout({ params, children }: { params: ShopParams; children: ReactNode }) {
  const { tenant: slug } = await params;
  const found = await shopOf(slug);
  if (!found) return <ShopNotFound />;
  const cart = await ownCartOf(slug);
  // What is paid is in no cart any more.
  const count = cart && cart.order === null ? piecesIn(cart) : 0;
  return (
    <ShopFrame shop={found.shop} cart={{ count, renderedAt: timeNow() }}>
      {children}
    </ShopFrame>
  );
}
