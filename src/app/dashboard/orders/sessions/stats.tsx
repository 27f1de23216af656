import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { withQuery } from "#app/book/address.ts";
import type { SessionStats } from "#contracts/shop/session-stats.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { formatMoney } from "#ui/format.ts";

export const statsDays = [7, 30] as const;
type StatsProps = { stats: SessionStats; days: number; status: string | undefined; locale: string };

/** How many of those who begin to pay end it, what it brings, and how long they take. */
export function Stats({ stats, days, status, locale }: StatsProps) {
  const t = useTranslations("orderSessions.stats");
  const format = useFormatter();
  const { active, processed, expired, cancelled, conversion, values, medianMinutesToPay: minutes } = stats;
  const money = (amountMinor: number, currency: string) => formatMoney({ amountMinor, currency, locale });
  return (
    <Card aria-labelledby="session-stats" data-testid="session-stats" className="mb-6 space-y-4 sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="session-stats" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <nav aria-label={t("range")} className="flex flex-wrap gap-2">
          {statsDays.map((one) => (
            <Link
              key={one}
              href={withQuery("/dashboard/orders/sessions", { status, days: one === 30 ? undefined : String(one) })}
              prefetch={false}
              scroll={false}
              aria-current={one === days ? "true" : undefined}
              className={buttonStyles({ look: one === days ? "primary" : "outline" })}
            >
              {t("days", { days: one })}
            </Link>
          ))}
        </nav>
      </div>
      <dl className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure name="active" label={t("active")} value={format.number(active)} />
        <Figure name="processed" label={t("processed")} value={format.number(processed)} />
        <Figure name="expired" label={t("expired")} value={format.number(expired)} />
        <Figure name="cancelled" label={t("cancelled")} value={format.number(cancelled)} />
        <Figure
          name="conversion"
          label={t("conversion")}
          value={conversion === null ? t("none") : format.number(conversion * 100, { maximumFractionDigits: 1 })}
        />
        <Figure
          name="minutes"
          label={t("minutes")}
          value={minutes === null ? t("none") : t("minutesOf", { minutes: Math.floor(minutes) })}
          hint={minutes !== null && minutes >= 1 && t("minutesHint")}
        />
        {values.map(({ currency, totalMinor, medianMinor }) => (
          <Figure
            key={currency}
            name="value"
            isWide
            label={t("value", { currency })}
            value={money(totalMinor, currency)}
            hint={t("median", { amount: money(medianMinor, currency) })}
          />
        ))}
      </dl>
    </Card>
  );
}

type FigureProps = { name: string; label: string; value: string; hint?: ReactNode; isWide?: boolean };

function Figure({ name, label, value, hint, isWide = false }: FigureProps) {
  return (
    <div className={isWide ? "col-span-2" : undefined}>
      <dt className="text-muted text-sm">{label}</dt>
      <dd>
        <span className="font-semibold text-xl tabular-nums" data-testid={name}>
          {value}
        </span>
        {hint && <span className="block text-muted text-sm">{hint}</span>}
      </dd>
    </div>
  );
}
