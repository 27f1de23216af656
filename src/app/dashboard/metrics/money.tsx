import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Metrics, MoneySum } from "#contracts/metrics/metrics.ts";
import { Badge } from "#ui/badge.tsx";
import { Card } from "#ui/card.tsx";
import { formatMoney } from "#ui/format.ts";

type MoneyProps = Pick<Metrics, "money" | "lapsedHolds"> & { locale: string };

/** What came in and went back, and the times that nobody paid for. */
export function Money({ money, lapsedHolds, locale }: MoneyProps) {
  const t = useTranslations("metrics.money");
  const format = useFormatter();
  return (
    <Card aria-labelledby="money" data-testid="money" className="space-y-4 sm:p-6 print:break-inside-avoid">
      <h2 id="money" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {money === null && <p className="text-muted">{t("notByDevice")}</p>}
      {money?.length === 0 && <p className="text-muted">{t("none")}</p>}
      {money?.map((sum) => (
        <Sum key={`${sum.currency} ${sum.isTest}`} sum={sum} locale={locale} />
      ))}
      {lapsedHolds !== null && (
        <dl>
          <Figure label={t("lapsed")} value={format.number(lapsedHolds)} testId="lapsed" />
        </dl>
      )}
      <p className="max-w-3xl text-muted text-sm">
        {t("note")} {t("bank")}
      </p>
    </Card>
  );
}

export function Sum({ sum, locale }: { sum: MoneySum; locale: string }) {
  const t = useTranslations("metrics.money");
  const format = useFormatter();
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: sum.currency, locale });
  return (
    <div data-testid="sum" data-currency={sum.currency}>
      {sum.isTest && <Badge className="mb-2 bg-warn-soft text-warn">{t("test")}</Badge>}
      <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Figure label={t("revenue", { currency: sum.currency })} value={money(sum.revenueMinor)} testId="revenue" />
        <Figure label={t("payments")} value={format.number(sum.payments)} testId="payments" />
        <Figure label={t("refunded")} value={money(sum.refundedMinor)} testId="refunded" />
        <Figure label={t("otherRefunds")} value={money(sum.otherRefundsMinor)} testId="other-refunds" />
      </dl>
    </div>
  );
}

export function Figure({ label, value, testId }: { label: string; value: ReactNode; testId: string }) {
  return (
    <div>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-semibold text-xl tabular-nums" data-testid={testId}>
        {value}
      </dd>
    </div>
  );
}
