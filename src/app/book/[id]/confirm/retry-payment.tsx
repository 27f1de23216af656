"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { ProviderChoice } from "#ui/wizard/provider-choice.tsx";
import { usePaymentRetry } from "#ui/wizard/use-payment-retry.ts";
import type { ConfirmView } from "./confirm-view.ts";

type RetryPaymentProps = {
  booking: { id: string; token: string };
  providers: { id: string }[];
  amount: string;
  view: ConfirmView;
  /** Nothing is kept meanwhile. */
  isRace: boolean;
};

/** Offers another try while the slot is held. */
export function RetryPayment({ booking, providers, amount, view, isRace }: RetryPaymentProps) {
  const t = useTranslations("confirm");
  const isDeclined = view === "declined";
  const isSure = isDeclined || view === "mismatch";
  const [provider, setProvider] = useState(providers[0]?.id ?? "");
  // Already paid: this page is about to say so.
  const { pay, isBusy, problem } = usePaymentRetry(booking, (code) => code === "already_paid");

  return (
    <Card className="space-y-4">
      <p>{t(isDeclined ? (isRace ? "raceRetryText" : "retryText") : view === "mismatch" ? "mismatchRetry" : "notPaidYet")}</p>
      <Problem text={problem} />
      <ProviderChoice providers={providers} chosen={provider} onChoose={setProvider} legend={t("provider")} />
      <Button
        wide
        look={isSure ? "primary" : "outline"}
        data-testid="retry-button"
        busyText={isBusy ? t("processing") : undefined}
        onClick={() => pay(provider)}
      >
        {t(isDeclined ? "retry" : view === "mismatch" ? "payRight" : "goOnPaying", { amount })}
      </Button>
    </Card>
  );
}
