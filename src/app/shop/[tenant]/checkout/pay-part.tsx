"use client";

import { LockKeyhole, PackageCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { formatMoney } from "#ui/format.ts";
import type { OfferChosen } from "#ui/wizard/use-offer.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { CartChanges } from "../cart/cart-changes.tsx";
import type { Checkout } from "./use-checkout.ts";
import type { OwnQuote } from "./use-quote.ts";

type PayPartProps = { own: OwnQuote; paying: OfferChosen; checkout: Checkout; locale: string };

/** The last click says the sum. What changed is accepted first. */
export function PayPart({ own, paying, checkout, locale }: PayPartProps) {
  const t = useTranslations("shopCheckout");
  const offers = useTranslations("offers");
  const nameOf = useProviderName();
  const { cart, shop, totals, payments } = own.quote;
  const { currency } = totals;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  const { totalBefore, problem, isSending } = checkout;
  if (cart.changes.length > 0) {
    return (
      <CartChanges
        takesFocus
        changes={cart.changes}
        accept={(quantities) => void own.setLines(quantities)}
        quantityOf={(variantId) => cart.lines.find((line) => line.variantId === variantId)?.quantity ?? 0}
        isBusy={own.isBusy}
        {...{ currency, locale }}
        merchantLocale={shop.locale}
      />
    );
  }
  const isFree = totals.totalMinor === 0;
  const provider = nameOf(paying.chosen?.provider ?? "");
  const Icon = isFree ? PackageCheck : LockKeyhole;
  if (!isFree && payments.length === 0) {
    return (
      <Alert tone="warn">
        <p>{t("noProvider", { tenant: shop.name })}</p>
      </Alert>
    );
  }
  return (
    <>
      {totalBefore !== null && totalBefore !== totals.totalMinor && (
        <Alert tone="warn" role="alert" data-testid="total-changed">
          <p>{t("totalChanged", { before: money(totalBefore), now: money(totals.totalMinor) })}</p>
        </Alert>
      )}
      <Problem text={problem} />
      {!isFree && paying.chosen?.isTest && (
        <p className="rounded-xl bg-warn-soft px-4 py-2.5 text-warn" data-testid="test-mode">
          {offers("testMode")}
        </p>
      )}
      <Button
        type="submit"
        wide
        data-testid="pay-button"
        className="min-h-14 px-3 text-lg md:text-base"
        disabled={own.isBusy}
        busyText={isSending ? t("processing") : undefined}
      >
        <Icon aria-hidden className="size-5 shrink-0" />
        {isFree ? t("orderFree") : t("pay", { amount: money(totals.totalMinor), provider })}
      </Button>
      <p className="text-center text-muted text-sm">{isFree ? t("trustFree") : t("trust", { provider, minutes: shop.holdMinutes })}</p>
    </>
  );
}
