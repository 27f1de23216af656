import type { Metadata } from "next";
import type { BookingOptions } from "#contracts/checkout.ts";
import { siteAddress } from "#queries/site-address.ts";

/** The head of a merchant's page. A shared link shows the merchant, never the software. */
export function merchantMetadata(
  { name, logoUrl, locale, country }: BookingOptions["tenant"],
  { title, text }: { title: string; text: string },
): Metadata {
  const images = logoUrl ? [{ url: logoUrl, alt: name }] : [];
  return {
    metadataBase: siteAddress(),
    title: { absolute: `${title} · ${name}`, template: `%s · ${name}` },
    description: text,
    applicationName: name,
    ...(logoUrl ? { icons: { icon: logoUrl, apple: logoUrl } } : {}),
    openGraph: { type: "website", siteName: name, title: name, description: text, locale: `${locale}_${country}`, images },
    twitter: { card: "summary", title: name, description: text, images },
    robots: { index: false },
  };
}
