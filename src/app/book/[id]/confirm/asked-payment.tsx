"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { BookingState } from "#contracts/checkout.ts";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { formatDay, formatTime, zoneName } from "#ui/format.ts";
import { OfferChoice } from "#ui/wizard/offer-choice.tsx";
import { useOffer } from "#ui/wizard/use-offer.ts";
import { usePaymentRetry } from "#ui/wizard/use-payment-retry.ts";

type AskedPaymentProps = {
  booking: { id: string; token: string };
  state: Pick<BookingState, "link" | "timezone" | "mustAcceptTerms">;
  /** When the time that is kept ends. Is null if no time waits for the money. */
  endsAt: string | null;
  offers: readonly PaymentOffer[];
  amount: string;
  amountMinor: number;
  locale: string;
};

/** The merchant made the booking: its customer accepts the terms here, and pays. */
export function AskedPayment({ booking, state, offers, endsAt, amount, amountMinor, locale }: AskedPaymentProps) {
  const t = useTranslations("confirm");
  const offer = useOffer(offers);
  const [isAccepted, setIsAccepted] = useState(!state.mustAcceptTerms);
  const [isTried, setIsTried] = useState(false);
  // Already paid: this page is about to say so.
  const { pay, isBusy, problem } = usePaymentRetry(booking, (code) => code === "already_paid");
  const { timezone, link } = state;
  const press = () => {
    setIsTried(true);
    const choice = offer.check();
    if (isAccepted) void pay(choice, true);
  };
  return (
    <Card className="space-y-4" data-testid="asked-payment">
      {endsAt !== null && (
        <p>
          {t("askedUntil", { until: untilWords(endsAt, { locale, timezone }) })}{" "}
          <span className="text-muted text-sm">({zoneName({ timezone, locale, at: endsAt })})</span>
        </p>
      )}
      <Problem text={problem} />
      {offers.length === 0 && <p>{t("askedNoProvider")}</p>}
      <OfferChoice {...{ offers, offer, amountMinor, locale }} legend={t("provider")} />
      {state.mustAcceptTerms && (
        <Checkbox
          name="acceptedTerms"
          checked={isAccepted}
          onChange={({ target }) => setIsAccepted(target.checked)}
          problem={isTried && !isAccepted ? t("askedTermsMissing") : undefined}
        >
          {t.rich("askedTerms", {
            link: (words) => (
              <a
                href={`/terms/${encodeURIComponent(link)}`}
                target="_blank"
                rel="noopener"
                className="font-medium text-brand-ink underline underline-offset-4"
              >
                {words}
                <span className="sr-only"> {t("newTab")}</span>
              </a>
            ),
          })}
        </Checkbox>
      )}
      {offers.length > 0 && (
        <Button wide data-testid="pay-button" busyText={isBusy ? t("processing") : undefined} onClick={press}>
          {t("payRight", { amount })}
        </Button>
      )}
    </Card>
  );
}

function untilWords(instant: string, shown: { locale: string; timezone: string }): string {
  return `${formatDay({ instant, ...shown })}, ${formatTime({ instant, ...shown })}`;
}
