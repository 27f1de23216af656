import type { ReactNode } from "react";
import { cartAddress, shopAddress, shopTermsAddress } from "#app/shop/address.ts";
import type { ShopFront } from "#contracts/shop/store-product.ts";
import { Frame, TenantBrand, TenantColors } from "#ui/frame.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { Arrival } from "./arrival.tsx";
import { CartButton } from "./cart-button.tsx";

type ShopFrameProps = { shop: ShopFront; cart: { count: number; renderedAt: number } | null; children: ReactNode };

/** In the merchant's colours, with the way to the cart. */
export function ShopFrame({ shop, cart, children }: ShopFrameProps) {
  const brand = (
    <NextLink href={shopAddress(shop.slug)} className="-mx-1 min-w-0 rounded-lg px-1">
      <TenantBrand {...shop} />
    </NextLink>
  );
  return (
    <>
      <TenantColors {...shop} />
      <Arrival slug={shop.slug} />
      <Frame
        isWide
        brand={brand}
        termsAddress={shopTermsAddress(shop.slug)}
        aside={
          cart && (
            <ClientWords namespaces={["shop"]}>
              <CartButton address={cartAddress(shop.slug)} {...cart} />
            </ClientWords>
          )
        }
      >
        {children}
      </Frame>
    </>
  );
}
