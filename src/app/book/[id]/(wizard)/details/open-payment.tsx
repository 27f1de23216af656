"use client";

import { useTranslations } from "next-intl";
import { confirmAddress } from "#app/book/address.ts";
import { Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { OfferChoice } from "#ui/wizard/offer-choice.tsx";
import { useOffer } from "#ui/wizard/use-offer.ts";
import { usePaymentRetry } from "#ui/wizard/use-payment-retry.ts";
import type { DetailsFlowProps } from "./details-props.ts";

type OpenPaymentProps = Pick<DetailsFlowProps, "offers" | "sold" | "locale" | "amount" | "timesAddress"> & {
  booking: { id: string; token: string };
  onEnd: () => void;
};

/** For a customer who pressed Back on the payment page: pay, see the status, or change the time. */
export function OpenPayment({ booking, offers, sold, locale, amount, timesAddress, onEnd }: OpenPaymentProps) {
  const t = useTranslations("details");
  const offer = useOffer(offers);
  const statusAddress = confirmAddress(booking);

  const { pay, isBusy, problem } = usePaymentRetry(booking, (code) => {
    if (code === "already_paid") window.location.assign(statusAddress);
    else if (code === "hold_expired" || code === "checkout_closed") onEnd();
    else return false;
    return true;
  });

  return (
    <Card data-testid="open-payment" className="space-y-5">
      <p>{t("openPayment.text")}</p>
      <Problem text={problem} />
      <OfferChoice offers={offers} offer={offer} amountMinor={sold.amountMinor} locale={locale} legend={t("provider")} />
      <Button wide data-testid="continue-payment" busyText={isBusy ? t("processing") : undefined} onClick={() => pay(offer.check())}>
        {t("openPayment.goOn", { amount })}
      </Button>
      <div className="flex flex-wrap justify-center gap-x-4">
        <a href={statusAddress} className={buttonStyles({ look: "quiet" })}>
          {t("openPayment.status")}
        </a>
        <NextLink href={timesAddress} className={buttonStyles({ look: "quiet" })}>
          {t("openPayment.change")}
        </NextLink>
      </div>
    </Card>
  );
}
