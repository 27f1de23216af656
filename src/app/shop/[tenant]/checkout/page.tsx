import { getCountries } from "libphonenumber-js/min";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { phoneExample } from "#app/book/[id]/(wizard)/details/phone-hint.ts";
import { queryOf, type SearchParams } from "#app/book/address.ts";
import { cartAddress, type ShopParams } from "#app/shop/address.ts";
import { ownCartOf, quoteOf, shopOf } from "#app/shop/reads.ts";
import type { CartQuote } from "#contracts/shop/cart.ts";
import { timeNow } from "#queries/time-now.ts";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { ShopSteps } from "../../shop-steps.tsx";
import { CheckoutFlow } from "./checkout-flow.tsx";
import type { Choice } from "./checkout-props.ts";

type Asked = { params: ShopParams; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopCheckout"))("title"), robots: { index: false } };
}

export default async function CheckoutPage({ params, searchParams }: Asked) {
  const { tenant: slug } = await params;
  const [found, cart] = await Promise.all([shopOf(slug), ownCartOf(slug)]);
  if (!found) notFound();
  // What has changed is accepted there, and what is paid is no cart.
  if (!cart || cart.order !== null || cart.lines.length === 0 || cart.changes.length > 0 || !found.shop.isOpen) redirect(cartAddress(slug));
  const { shipping } = await queryOf(searchParams, ["shipping"]);
  const quote = await quoteWithDelivery(cart.id, shipping);
  if (!quote) redirect(cartAddress(slug));
  const language = await getLocale();
  const { shop } = found;
  return (
    <ClientWords
      namespaces={["shop", "shopCart", "shopTotals", "shopCheckout", "price", "place", "providers", "offers", "countdown", "errors"]}
    >
      <ShopSteps current="details" isFree={quote.totals.totalMinor === 0} />
      <CheckoutFlow
        initial={quote}
        countries={countriesIn(language)}
        phone={phoneExample(shop.country)}
        locale={regionalLocale(language, shop.country)}
        renderedAt={timeNow()}
      />
      <NeedsScripts />
    </ClientWords>
  );
}

/** With the wanted way of delivery, else with the merchant's first that can carry it. */
async function quoteWithDelivery(cartId: string, wanted: string | undefined): Promise<CartQuote | null> {
  const quote = await quoteOf(cartId, wanted);
  const usual = quote?.shippingOptions.find(({ problem }) => problem === null);
  return quote && quote.shipping === null && usual ? quoteOf(cartId, usual.id) : quote;
}

function countriesIn(language: string): Choice[] {
  const names = new Intl.DisplayNames([language], { type: "region" });
  return getCountries()
    .map((value) => ({ value, name: names.of(value) ?? value }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
}
