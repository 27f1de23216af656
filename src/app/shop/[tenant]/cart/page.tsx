import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { orderAddress, type ShopParams } from "#app/shop/address.ts";
import { orderOf, ownCartOf, shopOf } from "#app/shop/reads.ts";
import type { Cart } from "#contracts/shop/cart.ts";
import { timeNow } from "#queries/time-now.ts";
import { Alert } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { ClosedNote } from "../closed-note.tsx";
import { CartFlow } from "./cart-flow.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopCart"))("title"), robots: { index: false } };
}

export default async function CartPage({ params }: { params: ShopParams }) {
  const { tenant: slug } = await params;
  const [found, cart] = await Promise.all([shopOf(slug), ownCartOf(slug)]);
  if (!found) notFound();
  const { shop } = found;
  const living = cart && cart.order === null ? cart : null;
  return (
    <ClientWords namespaces={["shop", "shopCart", "shopTotals", "price", "countdown", "errors"]}>
      {!shop.isOpen && <ClosedNote className="mb-6" />}
      {cart?.order && <LastOrder order={cart.order} />}
      <CartFlow
        initial={living}
        shop={{ slug, isOpen: shop.isOpen, currency: shop.currency }}
        locale={regionalLocale(await getLocale(), shop.country)}
        merchantLocale={shop.locale}
        renderedAt={timeNow()}
      />
      {living && <NeedsScripts />}
    </ClientWords>
  );
}

/** The cart has become this order. */
async function LastOrder({ order }: { order: NonNullable<Cart["order"]> }) {
  const t = await getTranslations("shopCart.lastOrder");
  const state = await orderOf(order.id, order.token);
  return (
    <Alert tone="good" className="mb-6" data-testid="last-order" title={t("title", { number: state?.order?.number ?? "" })}>
      <a href={orderAddress(order)} className={buttonStyles({ look: "outline" })}>
        {t("show")}
      </a>
    </Alert>
  );
}
