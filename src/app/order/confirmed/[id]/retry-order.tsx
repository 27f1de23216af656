"use client";

import { useTranslations } from "next-intl";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { postOrderPayment } from "#ui/shop/api.ts";
import { OfferChoice } from "#ui/wizard/offer-choice.tsx";
import { useOffer } from "#ui/wizard/use-offer.ts";
import { usePaying } from "#ui/wizard/use-payment-retry.ts";
import type { OrderView } from "./order-view.ts";

type RetryOrderProps = {
  order: { id: string; token: string };
  offers: readonly PaymentOffer[];
  amount: string;
  amountMinor: number;
  locale: string;
  view: OrderView;
};

/** Another try, with another way to pay if there is one, while the goods wait. */
export function RetryOrder({ order, offers, amount, amountMinor, locale, view }: RetryOrderProps) {
  const t = useTranslations("shopOrder");
  const offer = useOffer(offers);
  // Already paid: this page is about to say so.
  const { pay, isBusy, problem } = usePaying(
    (body, key) => postOrderPayment(order, body, key),
    (code) => code === "already_paid",
  );
  const isSure = view === "declined" || view === "mismatch";
  const kind = view === "declined" ? "declined" : view === "mismatch" ? "mismatch" : "unsure";
  return (
    <Card className="space-y-4" data-testid="retry">
      <p>{t(`retry.${kind}.text`)}</p>
      <Problem text={problem} />
      <OfferChoice {...{ offers, offer, amountMinor, locale }} legend={t("provider")} />
      <Button
        wide
        look={isSure ? "primary" : "outline"}
        data-testid="retry-button"
        busyText={isBusy ? t("processing") : undefined}
        onClick={() => pay(offer.check())}
      >
        {t(`retry.${kind}.button`, { amount })}
      </Button>
    </Card>
  );
}
