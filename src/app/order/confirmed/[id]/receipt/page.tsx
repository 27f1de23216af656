import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { queryOf } from "#app/book/address.ts";
import { orderAddress } from "#app/shop/address.ts";
import { orderOf, shopOf } from "#app/shop/reads.ts";
import { Totals } from "#app/shop/totals.tsx";
import type { ShopFront } from "#contracts/shop/store-product.ts";
import { buttonStyles } from "#ui/button.tsx";
import { countryName, formatDate, formatMoney, regionalLocale } from "#ui/format.ts";
import { TenantBrand, TenantColors } from "#ui/frame.tsx";
import type { Asked } from "../asked.ts";
import { OrderNotFound } from "../order-not-found.tsx";
import { totalsOf } from "../sold-summary.tsx";
import { PrintButton } from "./print-button.tsx";
import { ReceiptLines } from "./receipt-lines.tsx";
import { TaxTable } from "./tax-table.tsx";

export async function generateMetadata({ params, searchParams }: Asked): Promise<Metadata> {
  const { token } = await queryOf(searchParams, ["token"]);
  const state = token ? await orderOf((await params).id, token) : null;
  const t = await getTranslations("receipt");
  const robots = { index: false, follow: false };
  return state?.order ? { title: { absolute: `${t("title", { number: state.order.number })} · ${state.shopName}` }, robots } : { robots };
}

/** To print, or to keep as PDF by the browser's own way. */
export default async function ReceiptPage({ params, searchParams }: Asked) {
  const { id } = await params;
  const { token } = await queryOf(searchParams, ["token"]);
  const state = token ? await orderOf(id, token) : null;
  if (!state || !token) return <OrderNotFound />;
  const { order, timezone, currency } = state;
  // There is none before the money.
  if (!order) redirect(orderAddress({ id, token }));
  const found = await shopOf(state.shop);
  const t = await getTranslations("receipt");
  const locale = regionalLocale(await getLocale(), found?.shop.country ?? "");
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  return (
    <>
      {found && <TenantColors {...found.shop} />}
      <main id="main" className="mx-auto w-full max-w-3xl grow px-4 py-6 sm:px-6 sm:py-10 print:max-w-none print:p-0">
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3 print:hidden">
          <a href={orderAddress({ id, token })} className={buttonStyles({ look: "quiet", className: "-ml-3" })}>
            <ArrowLeft aria-hidden className="size-5" />
            {t("back")}
          </a>
          <PrintButton text={t("print")} />
        </div>
        <article
          data-testid="receipt"
          className="space-y-8 rounded-2xl border border-line bg-card p-5 sm:p-10 print:space-y-6 print:border-0 print:bg-transparent print:p-0"
        >
          <header className="flex flex-wrap items-start justify-between gap-6">
            {found ? <TenantBrand {...found.shop} /> : <p className="font-semibold text-lg">{state.shopName}</p>}
            <div className="sm:text-right">
              <h1 className="font-bold text-2xl">{t("title", { number: order.number })}</h1>
              <p className="text-muted">{formatDate({ instant: order.paidAt, locale, timezone })}</p>
            </div>
          </header>
          <dl className="grid gap-6 sm:grid-cols-2">
            {found && <Seller seller={found.shop.seller} title={t("seller")} language={found.shop.locale} />}
            <div>
              <dt className="text-muted text-sm">{t("buyer")}</dt>
              <dd>
                <span className="block font-medium">{state.customerName}</span>
                <span className="wrap-break-word block">{state.customerEmail}</span>
              </dd>
            </div>
            {state.address && (
              <div>
                <dt className="text-muted text-sm">{t("sentTo")}</dt>
                <dd>
                  <span className="block font-medium">
                    {state.address.firstName} {state.address.lastName}
                  </span>
                  <span className="block">{state.address.address}</span>
                  <span className="block">
                    {[state.address.postalCode, state.address.city, state.address.region, countryName(state.address.country, locale)]
                      .filter(Boolean)
                      .join(", ")}
                  </span>
                </dd>
              </div>
            )}
            <div>
              <dt className="text-muted text-sm">{t("payment")}</dt>
              <dd className="wrap-break-word">{t("paid", { amount: money(state.totalMinor), transaction: order.transactionId })}</dd>
            </div>
          </dl>
          <ReceiptLines lines={state.cartItems} currency={currency} locale={locale} />
          <div className="grid items-start gap-8 sm:grid-cols-2">
            <TaxTable state={state} locale={locale} />
            <Totals totals={totalsOf(state)} locale={locale} label={t("total")} />
          </div>
          {state.refund && (
            <p className="border-line border-t pt-4" data-testid="receipt-refund">
              {t("refund", { amount: money(state.refund.amountMinor), number: state.refund.number })}
            </p>
          )}
          {found?.shop.returnsText && (
            <div className="border-line border-t pt-4 text-sm">
              <p className="font-semibold">{t("returns")}</p>
              <p lang={found.shop.locale} className="wrap-break-word whitespace-pre-line text-muted">
                {found.shop.returnsText}
              </p>
            </div>
          )}
          <p className="text-muted text-sm">{t("notAnInvoice")}</p>
        </article>
      </main>
    </>
  );
}

function Seller({ seller, title, language }: { seller: ShopFront["seller"]; title: string; language: string }) {
  return (
    <div>
      <dt className="text-muted text-sm">{title}</dt>
      <dd lang={language}>
        <span className="block font-medium">{seller.name}</span>
        {seller.taxId && <span className="block">{seller.taxId}</span>}
        {seller.address && <span className="block">{seller.address}</span>}
      </dd>
    </div>
  );
}
