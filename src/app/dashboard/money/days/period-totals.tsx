import { useTranslations } from "next-intl";
import type { MonthTotals } from "#contracts/ledger/ledger.ts";
import { Card } from "#ui/card.tsx";
import { formatMoney } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";

type PeriodProps = { period: MonthTotals["period"]; locale: string };

/** By provider and currency: what came, what went, what the provider keeps, what arrives. */
export function PeriodTotals({ period, locale }: PeriodProps) {
  const t = useTranslations("ledger.days");
  const providerName = useProviderName();
  return (
    <ul className="mb-6 grid gap-4 sm:grid-cols-2 xl:grid-cols-3" data-testid="period">
      {period.map((sums) => {
        const { provider, currency } = sums;
        const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
        const gone = sums.restoredMinor - sums.reversedMinor;
        const isTold = sums.feesTold === sums.payments;
        const about = (amountMinor: number | null) => {
          if (amountMinor === null) return t("unknown");
          return isTold ? money(amountMinor) : t("about", { amount: money(amountMinor) });
        };
        const lines = [
          { name: t("columns.taken"), value: money(sums.takenMinor) },
          { name: t("columns.refunded"), value: money(0 - sums.refundedMinor) },
          ...(sums.reversedMinor > 0 || sums.restoredMinor > 0 ? [{ name: t("columns.reversed"), value: money(gone) }] : []),
          ...(sums.disputeFeesMinor !== 0 ? [{ name: t("columns.disputeFees"), value: money(0 - sums.disputeFeesMinor) }] : []),
          { name: t("columns.net"), value: money(sums.netMinor) },
          { name: t("columns.fees"), value: about(sums.feesMinor === null ? null : 0 - sums.feesMinor) },
          { name: t("columns.arrives"), value: about(sums.arrivesMinor) },
        ];
        return (
          <li key={`${provider} ${currency}`}>
            <Card className="space-y-3">
              <h3 className="font-semibold">
                {providerName(provider)} · {currency}
              </h3>
              <p className="text-muted text-sm">{t("counts", { payments: sums.payments, refunds: sums.refunds })}</p>
              <dl className="space-y-1 text-sm">
                {lines.map(({ name, value }) => (
                  <div key={name} className="flex flex-wrap justify-between gap-x-3">
                    <dt className="text-muted">{name}</dt>
                    <dd className="tabular-nums">{value}</dd>
                  </div>
                ))}
              </dl>
              {sums.partsUnknown > 0 && <p className="text-sm text-warn">{t("partsUnknown", { count: sums.partsUnknown })}</p>}
            </Card>
          </li>
        );
      })}
    </ul>
  );
}
