"use client";

import { useTranslations } from "next-intl";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { OfferChoice } from "#ui/wizard/offer-choice.tsx";
import { useOffer } from "#ui/wizard/use-offer.ts";
import { usePaymentRetry } from "#ui/wizard/use-payment-retry.ts";
import type { ConfirmView } from "./confirm-view.ts";

type RetryPaymentProps = {
  booking: { id: string; token: string };
  offers: readonly PaymentOffer[];
  amountMinor: number;
  locale: string;
  amount: string;
  view: ConfirmView;
  /** Nothing is kept meanwhile. */
  isRace: boolean;
};

/** Offers another try while the slot is held. */
export function RetryPayment({ booking, offers, amount, amountMinor, locale, view, isRace }: RetryPaymentProps) {
  const t = useTranslations("confirm");
  const isDeclined = view === "declined";
  const isSure = isDeclined || view === "mismatch";
  const offer = useOffer(offers);
  // Already paid: this page is about to say so.
  const { pay, isBusy, problem } = usePaymentRetry(booking, (code) => code === "already_paid");

  return (
    <Card className="space-y-4">
      <p>{t(isDeclined ? (isRace ? "raceRetryText" : "retryText") : view === "mismatch" ? "mismatchRetry" : "notPaidYet")}</p>
      <Problem text={problem} />
      <OfferChoice {...{ offers, offer, amountMinor, locale }} legend={t("provider")} />
      <Button
        wide
        look={isSure ? "primary" : "outline"}
        data-testid="retry-button"
        busyText={isBusy ? t("processing") : undefined}
        onClick={() => pay(offer.check())}
      >
        {t(isDeclined ? "retry" : view === "mismatch" ? "payRight" : "goOnPaying", { amount })}
      </Button>
    </Card>
  );
}
