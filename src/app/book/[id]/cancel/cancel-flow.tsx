"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { confirmAddress, withQuery } from "#app/book/address.ts";
import { Problem } from "#ui/alert.tsx";
import { ApiProblem, postOwnCancellation } from "#ui/api.ts";
import { Button, buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { formatMoney } from "#ui/format.ts";
import { useErrorText } from "#ui/use-error-text.ts";

type CancelFlowProps = {
  booking: { id: string; token: string };
  sums: { paidMinor: number; beforeMinor: number; backMinor: number; currency: string };
  locale: string;
  canMove: boolean;
};

/** Says what comes back, and asks once: nobody can undo it. */
export function CancelFlow({ booking, sums, locale, canMove }: CancelFlowProps) {
  const t = useTranslations("ownChanges");
  const router = useRouter();
  const errorText = useErrorText();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: sums.currency, locale });

  async function cancel() {
    if (isBusy) return;
    setIsBusy(true);
    setProblem(null);
    try {
      await postOwnCancellation(booking, sums.backMinor);
      window.location.assign(confirmAddress(booking));
    } catch (error) {
      const isOther = error instanceof ApiProblem && error.code === "changed_meanwhile";
      setProblem(isOther ? t("cancel.changed") : errorText(error));
      setIsBusy(false);
      router.refresh();
    }
  }

  return (
    <Card className="space-y-5">
      <p>{t("cancel.text")}</p>
      {sums.paidMinor > 0 && (
        <dl className="space-y-1.5" data-testid="own-sums">
          <Sum label={t("cancel.paid")} amount={money(sums.paidMinor)} />
          {sums.beforeMinor > 0 && <Sum label={t("cancel.before")} amount={money(sums.beforeMinor)} />}
          <Sum label={t("cancel.back")} amount={money(sums.backMinor)} isStrong />
        </dl>
      )}
      {sums.backMinor > 0 && <p className="text-muted">{t("cancel.how")}</p>}
      {sums.backMinor === 0 && sums.paidMinor > sums.beforeMinor && <p className="text-muted">{t("cancel.nothing")}</p>}
      <Problem text={problem} />
      <Button wide look="outline" data-testid="own-cancel" busyText={isBusy ? t("cancel.busy") : undefined} onClick={cancel}>
        {sums.backMinor > 0 ? t("cancel.pressBack", { amount: money(sums.backMinor) }) : t("cancel.press")}
      </Button>
      {canMove && (
        <a href={withQuery(`/book/${booking.id}/move`, { token: booking.token })} className={buttonStyles({ wide: true })}>
          {t("cancel.ratherMove")}
        </a>
      )}
      <a
        href={confirmAddress(booking)}
        className="inline-flex min-h-11 items-center font-semibold text-brand-ink underline underline-offset-4"
      >
        {t("keep")}
      </a>
    </Card>
  );
}

function Sum({ label, amount, isStrong = false }: { label: string; amount: string; isStrong?: boolean }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className={isStrong ? "font-semibold" : "text-muted"}>{label}</dt>
      <dd className={isStrong ? "font-semibold text-lg tabular-nums" : "tabular-nums"}>{amount}</dd>
    </div>
  );
}
