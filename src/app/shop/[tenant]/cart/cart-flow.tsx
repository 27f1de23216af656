"use client";

import { useLocale, useTranslations } from "next-intl";
import { checkoutAddress, shopAddress } from "#app/shop/address.ts";
import { wordsIn } from "#app/shop/product-words.ts";
import { Totals } from "#app/shop/totals.tsx";
import type { Cart, CartLine as Line } from "#contracts/shop/cart.ts";
import { Problem } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { classNames } from "#ui/class-names.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { formatMoney } from "#ui/format.ts";
import { useFreshPage } from "#ui/fresh/use-fresh-page.ts";
import { NextLink } from "#ui/next-link.tsx";
import { piecesIn } from "#ui/shop/pieces.ts";
import { StickyBar } from "#ui/sticky-bar.tsx";
import { CartChanges } from "./cart-changes.tsx";
import { CartLine } from "./cart-line.tsx";
import { CodeField } from "./code-field.tsx";
import { EmptyCart } from "./empty-cart.tsx";
import { OpenOrder } from "./open-order.tsx";
import { useCart } from "./use-cart.ts";

type CartFlowProps = {
  initial: Cart | null;
  shop: { slug: string; isOpen: boolean; currency: string };
  locale: string;
  merchantLocale: string;
  renderedAt: number;
};

export function CartFlow({ initial, shop, locale, merchantLocale, renderedAt }: CartFlowProps) {
  const t = useTranslations("shopCart");
  useFreshPage(renderedAt);
  const own = useCart(initial);
  const { cart, removed, wantedOf, isBusy } = own;
  const shownLines = cart ? cart.lines.filter(({ variantId }) => wantedOf(variantId) !== 0) : [];
  if (!cart || (shownLines.length === 0 && cart.changes.length === 0 && removed.length === 0)) {
    return <EmptyCart slug={shop.slug} />;
  }
  const { totals, changes, discount } = cart;
  const canPay = shop.isOpen && changes.length === 0 && shownLines.length > 0 && (discount === null || discount.problem === null);
  const total = formatMoney({ amountMinor: totals.totalMinor, currency: totals.currency, locale });
  return (
    <>
      <FocusHeading className="font-bold text-3xl">{t("title")}</FocusHeading>
      <p role="status" className="sr-only" data-testid="cart-status">
        {own.said && t(own.said, { count: piecesIn(cart), total })}
      </p>
      {cart.paying && <OpenOrder paying={cart.paying} renderedAt={renderedAt} />}
      <div className="mt-6 grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-4">
          {changes.length > 0 && (
            <CartChanges
              {...{ changes, locale, merchantLocale, isBusy }}
              accept={own.setAll}
              quantityOf={own.quantityOf}
              currency={totals.currency}
            />
          )}
          <Problem text={own.problem} />
          <Card className="px-4 py-2 sm:px-7 sm:py-3">
            <ul className="divide-y divide-line">
              {shownLines.map((line) => (
                <CartLine key={line.variantId} {...{ line, own, locale, merchantLocale }} slug={shop.slug} currency={totals.currency} />
              ))}
              {removed.map((line) => (
                <RemovedLine key={`removed ${line.variantId}`} {...{ line, merchantLocale }} onUndo={() => own.undo(line)} />
              ))}
            </ul>
          </Card>
        </div>
        <Card className="space-y-5 sm:p-6" aria-labelledby="cart-sum">
          <h2 id="cart-sum" className="font-semibold text-lg">
            {t("sum")}
          </h2>
          <CodeField own={own} discount={discount} currency={totals.currency} locale={locale} />
          <div className={isBusy ? "opacity-60" : undefined}>
            <Totals totals={{ ...totals, discountCode: discount?.code ?? null, shipping: null }} locale={locale} />
          </div>
          {cart.needsShipping && <p className="text-muted text-sm">{t("deliveryLater")}</p>}
          {canPay && (
            <NextLink
              href={checkoutAddress(shop.slug)}
              data-testid="to-checkout-wide"
              className={classNames(buttonStyles({ wide: true }), "hidden md:inline-flex")}
            >
              {t("checkout")}
            </NextLink>
          )}
          <NextLink href={shopAddress(shop.slug)} className={buttonStyles({ look: "quiet", wide: true })}>
            {t("goOnShopping")}
          </NextLink>
        </Card>
      </div>
      {canPay && (
        <StickyBar className="md:hidden">
          <p className="min-w-0">
            <span className="block text-muted text-sm">{t("sumShort")}</span>
            <strong className="block font-bold text-lg tabular-nums">{total}</strong>
          </p>
          <NextLink href={checkoutAddress(shop.slug)} data-testid="to-checkout" className={buttonStyles({ className: "shrink-0" })}>
            {t("checkout")}
          </NextLink>
        </StickyBar>
      )}
    </>
  );
}

function RemovedLine({ line, merchantLocale, onUndo }: { line: Line; merchantLocale: string; onUndo: () => void }) {
  const t = useTranslations("shopCart");
  const { title } = wordsIn({ title: line.productTitle }, line.translations, { locale: useLocale(), merchantLocale });
  return (
    <li className="flex items-center justify-between gap-4 py-3 text-muted" data-testid="removed">
      <span className="min-w-0">{t("removed", { title })}</span>
      <button type="button" onClick={onUndo} data-testid="undo" className={buttonStyles({ look: "quiet", className: "shrink-0" })}>
        {t("undo")}
      </button>
    </li>
  );
}
