import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { queryOf } from "#app/book/address.ts";
import { merchantMetadata } from "#app/merchant-metadata.ts";
import { ShopFrame } from "#app/shop/[tenant]/shop-frame.tsx";
import { type FoundShop, orderOf, ownCartOf, shopOf } from "#app/shop/reads.ts";
import { ShopSteps } from "#app/shop/shop-steps.tsx";
import { fittingOffers, minutesUntil } from "#commands/payments/payment-offers.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { timeNow } from "#queries/time-now.ts";
import { formatMoney, regionalLocale } from "#ui/format.ts";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { piecesIn } from "#ui/shop/pieces.ts";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import type { Asked } from "./asked.ts";
import { OrderFlow } from "./order-flow.tsx";
import { OrderNotFound } from "./order-not-found.tsx";
import { viewOf } from "./order-view.ts";
import { wordsFor } from "./order-words.ts";

/** Of whoever has the token. Returns null for a wrong one as for an unknown order. */
async function ownOrder({ params, searchParams }: Asked) {
  const { id } = await params;
  const { token } = await queryOf(searchParams, ["token"]);
  const state = token ? await orderOf(id, token) : null;
  return state && token ? { order: { id, token }, state, found: await shopOf(state.shop) } : null;
}

export async function generateMetadata(asked: Asked): Promise<Metadata> {
  const robots = { index: false, follow: false };
  const own = await ownOrder(asked);
  if (!own) return { title: (await getTranslations("problems"))("orderUnknown.title"), robots };
  const t = await getTranslations("shopOrder");
  const { state, found } = own;
  const view = viewOf(state, { isLate: false, hasTimeLeft: Date.parse(state.expiresAt) > timeNow() });
  const title = t(`${wordsFor(view, state)}.title`, { name: state.customerName, number: state.order?.number ?? 0, amount: "" });
  return { ...(found ? merchantMetadata({ tenant: found.shop, page: found.page }, { title, text: t("pageTitle") }) : { title }), robots };
}

/** A customer who opens the mail's link much later wants to read the page, not to be sent on. */
const sentOnWithinMs = 60 * 60_000;

export default async function OrderPage(asked: Asked) {
  const own = await ownOrder(asked);
  if (!own) return <OrderNotFound />;
  const { order, state, found } = own;
  const locale = regionalLocale(await getLocale(), found?.shop.country ?? "");
  const now = timeNow();
  const isFree = state.totalMinor === 0;
  const page = (
    <ClientWords
      namespaces={["shopOrder", "shopTotals", "declinedBecause", "price", "place", "providers", "offers", "countdown", "shop", "errors"]}
    >
      <ShopSteps current="payment" isFree={isFree} />
      <OrderFlow
        order={order}
        initial={state}
        offers={found ? offersOf(found, state) : []}
        locale={locale}
        merchantLocale={found?.shop.locale}
        amount={formatMoney({ amountMinor: state.totalMinor, currency: state.currency, locale })}
        renderedAt={now}
        isSentOn={now < Date.parse(state.expiresAt) + sentOnWithinMs}
      />
      {state.checkoutStatus === "pending" && !isFree && <NeedsScripts isBooked />}
    </ClientWords>
  );
  if (!found) return <Frame brand={<KonfirmadoBrand />}>{page}</Frame>;
  return (
    <ShopFrame shop={found.shop} cart={{ count: await piecesOf(state.shop), renderedAt: now }}>
      {page}
    </ShopFrame>
  );
}

/** The accounts with which it may still be paid in the time that is left. */
function offersOf({ connections, shop }: FoundShop, { totalMinor, currency, expiresAt, checkoutStatus }: OrderSessionState) {
  if (checkoutStatus !== "pending" || totalMinor === 0) return [];
  const wish = { amountMinor: totalMinor, currency, country: shop.country, pageMinutes: minutesUntil(new Date(expiresAt)) };
  return fittingOffers(connections, wish);
}

/** Of the cart in this browser, which may be another one by now. */
async function piecesOf(slug: string): Promise<number> {
  const cart = await ownCartOf(slug);
  return cart && cart.order === null ? piecesIn(cart) : 0;
}
