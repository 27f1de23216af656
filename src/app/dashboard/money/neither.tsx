import { useFormatter, useTranslations } from "next-intl";
import type { MerchantAttention } from "#contracts/desk/money.ts";
import { Card } from "#ui/card.tsx";
import { formatMoney, formatShort } from "#ui/format.ts";

type NeitherProps = { attention: MerchantAttention; timezone: string; locale: string };

/** The promise Money, where a merchant can see it: the list is empty. */
export function Neither({ attention: { neither, watchedSince }, timezone, locale }: NeitherProps) {
  const t = useTranslations("money.neither");
  const format = useFormatter();
  return (
    <Card aria-labelledby="neither" data-testid="neither" className="space-y-3 sm:p-6">
      <h2 id="neither" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {neither.length === 0 ? (
        <p className="text-muted">
          {t("none", { date: format.dateTime(new Date(watchedSince), { dateStyle: "long", timeZone: timezone }) })}
        </p>
      ) : (
        <p className="font-medium text-bad">{t("some", { count: neither.length })}</p>
      )}
      <ul className="divide-y divide-line">
        {neither.map(({ chargeId, providerChargeId, amountMinor, currency, since }) => (
          <li key={chargeId} className="flex flex-wrap gap-x-4 py-2">
            <strong className="font-semibold">{formatMoney({ amountMinor, currency, locale })}</strong>
            <span className="break-all">{t("charge", { charge: providerChargeId })}</span>
            <span className="text-muted">{formatShort({ instant: since, locale, timezone })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
