"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Offer, OfferSeen } from "#contracts/offer.ts";
import { isSameCancellation } from "#domain/cancellation.ts";
import { Alert } from "../alert.tsx";
import { Button } from "../button.tsx";
import { formatPrice } from "../format.ts";

type PriceChangedProps = { offer: Offer; before: OfferSeen; locale: string; acceptText: string; isBusy: boolean; onAccept: () => void };

/** Another offer than the one that was shown. Nothing goes on before the customer accepts it. */
export function PriceChanged({ offer, before, locale, acceptText, isBusy, onAccept }: PriceChangedProps) {
  const t = useTranslations("priceChanged");
  const price = useTranslations("price");
  const box = useRef<HTMLDivElement>(null);
  // What was pressed waits for this answer.
  useEffect(() => box.current?.focus(), []);
  const { currency, durationMinutes: minutes } = offer;
  const money = (amountMinor: number) => formatPrice({ amountMinor, currency, locale, free: price("free") });
  const [shown] = useState(before);
  const beforeText = formatPrice({
    amountMinor: shown.priceMinor ?? shown.amountMinor,
    currency: shown.currency,
    locale,
    free: price("free"),
  });
  // The merchant offers this customer no deposit.
  const asksForAll =
    offer.amountMinor === offer.priceMinor &&
    shown.priceMinor === offer.priceMinor &&
    shown.durationMinutes === minutes &&
    shown.amountMinor < offer.amountMinor;
  const inFull = shown.amountMinor === 0 ? "textInFullNow" : "textInFull";
  const values = {
    before: beforeText,
    price: money(offer.priceMinor),
    due: money(offer.amountMinor),
    beforeDue: money(shown.amountMinor),
    minutes,
  };
  const hasOtherTerms = shown.cancellation !== undefined && !isSameCancellation(shown.cancellation, offer.cancellation);
  const hasOtherPrice =
    !hasOtherTerms ||
    [shown.amountMinor, shown.currency, shown.priceMinor, shown.durationMinutes].join() !==
      [offer.amountMinor, currency, offer.priceMinor, minutes].join();
  return (
    <Alert ref={box} tone="warn" role="alert" tabIndex={-1} title={t("title")} data-testid="price-changed" className="outline-none">
      {hasOtherPrice && <p>{t(asksForAll ? inFull : textFor(offer), values)}</p>}
      {hasOtherTerms && <p>{t("terms")}</p>}
      <Button data-testid="accept-price" busyText={isBusy ? t("accepting") : undefined} onClick={onAccept}>
        {acceptText}
      </Button>
    </Alert>
  );
}

function textFor({ amountMinor, priceMinor }: Offer): "text" | "textDeposit" | "textOnSite" {
  if (amountMinor === priceMinor) return "text";
  return amountMinor === 0 ? "textOnSite" : "textDeposit";
}
