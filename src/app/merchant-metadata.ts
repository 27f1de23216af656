import type { Metadata } from "next";
import type { BookingOptions } from "#contracts/checkout.ts";
import { imageVariant } from "#contracts/settings/images.ts";
import type { MerchantPage } from "#queries/merchant/merchant-page.ts";
import { siteAddress } from "#queries/site-address.ts";

/** The head of a merchant's page. A shared link shows the merchant, never the software. */
export function merchantMetadata(
  { tenant: { name, logoUrl, locale, country }, page }: { tenant: BookingOptions["tenant"]; page: MerchantPage },
  { title, text }: { title: string; text: string },
): Metadata {
  const picture = page.shareImageUrl ?? logoUrl;
  const images = picture ? [{ url: imageVariant(picture, "share"), alt: name }] : [];
  const icon = logoUrl && imageVariant(logoUrl, "icon");
  const shared = { title: page.shareTitle ?? name, description: page.shareText ?? text, images };
  return {
    metadataBase: siteAddress(),
    title: { absolute: `${title} · ${name}`, template: `%s · ${name}` },
    description: shared.description,
    applicationName: name,
    ...(icon ? { icons: { icon, apple: icon } } : {}),
    openGraph: { type: "website", siteName: name, locale: `${locale}_${country}`, ...shared },
    twitter: { card: page.shareImageUrl ? "summary_large_image" : "summary", ...shared },
    robots: { index: false },
  };
}
