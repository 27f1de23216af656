"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cartAddress } from "#app/shop/address.ts";
import { useDaysWords } from "#app/shop/days-words.ts";
import { LineRow } from "#app/shop/line-row.tsx";
import { wordsIn } from "#app/shop/product-words.ts";
import { Totals } from "#app/shop/totals.tsx";
import type { CartQuote } from "#contracts/shop/cart.ts";
import { classNames } from "#ui/class-names.ts";
import { CodeField } from "../cart/code-field.tsx";
import type { OwnQuote } from "./use-quote.ts";

/** Everything once more before the last click, also who sells it and how it goes back. */
export function OrderSummary({ own, locale }: { own: OwnQuote; locale: string }) {
  const t = useTranslations("shopCheckout.summary");
  const { quote, isBusy } = own;
  const { cart, shop, totals } = quote;
  const language = useLocale();
  const reader = { locale: language, merchantLocale: shop.locale };
  const delivery = quote.shippingOptions.find(({ id }) => id === quote.shipping);
  const deliveryName = delivery && wordsIn({ name: delivery.name }, delivery.translations, reader).name;
  return (
    <section aria-labelledby="order-summary" data-testid="order-summary" className="space-y-4">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="order-summary" className="font-semibold text-xl">
          {t("title")}
        </h2>
        <a href={cartAddress(shop.slug)} className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4">
          {t("change")}
        </a>
      </div>
      <ul className="divide-y divide-line">
        {cart.lines.map((line) => (
          <LineRow
            key={line.variantId}
            line={{ ...line, ...wordsIn({ title: line.productTitle }, line.translations, reader) }}
            currency={totals.currency}
            locale={locale}
          />
        ))}
      </ul>
      <CodeField own={own} discount={cart.discount} currency={totals.currency} locale={locale} />
      <div className={classNames(isBusy && "opacity-60")} aria-live="polite">
        <Totals
          totals={{
            ...totals,
            discountCode: cart.discount?.code ?? null,
            shipping: deliveryName ? { name: deliveryName, priceMinor: totals.shippingMinor } : null,
          }}
          locale={locale}
        />
      </div>
      <Facts quote={quote} />
    </section>
  );
}

function Facts({ quote: { cart, shop, shipping, shippingOptions } }: { quote: CartQuote }) {
  const t = useTranslations("shopCheckout.summary");
  const delivery = shippingOptions.find(({ id }) => id === shipping);
  const days = useDaysWords()(delivery ?? { daysMin: null, daysMax: null });
  const { seller, returnsText } = shop;
  const how = cart.needsShipping ? days && t(delivery?.kind === "pickup" ? "readyIn" : "thereIn", { days }) : t("digital");
  return (
    <dl className="space-y-3 rounded-xl bg-paper p-4 text-sm">
      {how && <Fact title={t("delivery")}>{how}</Fact>}
      <Fact title={t("seller")} language={shop.locale}>
        {[seller.name, seller.taxId, seller.address].filter(Boolean).join(" · ")}
      </Fact>
      {returnsText && (
        <Fact title={t("returns")} language={shop.locale}>
          {returnsText.length > longText ? <Folded text={returnsText} more={t("readAll")} /> : returnsText}
        </Fact>
      )}
    </dl>
  );
}

const longText = 180;

/** A long text begins here, and is read at its place. */
function Folded({ text, more }: { text: string; more: string }) {
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) return text;
  return (
    <>
      {text.slice(0, text.lastIndexOf(" ", longText))}…{" "}
      <button type="button" onClick={() => setIsOpen(true)} className="min-h-6 font-medium text-brand-ink underline underline-offset-4">
        {more}
      </button>
    </>
  );
}

function Fact({ title, language, children }: { title: string; language?: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-semibold">{title}</dt>
      <dd lang={language} className="wrap-break-word whitespace-pre-line text-muted">
        {children}
      </dd>
    </div>
  );
}
