import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Place } from "#contracts/checkout.ts";
import { Card } from "../card.tsx";
import { formatDay, formatMoney, formatTime, sentenceCase, zoneName } from "../format.ts";
import { Portrait } from "../portrait.tsx";
import { Where } from "./where.tsx";

export type SummaryProps = {
  service: { name: string; durationMinutes: number; online: boolean };
  professional: { name: string; photoUrl: string | null };
  /** Null if the merchant has said none. */
  place: Place | null;
  start: string;
  timezone: string;
  locale: string;
  priceMinor: number;
  /** What is due now: the price, or its deposit. */
  amountMinor: number;
  currency: string;
  /** The language of the merchant's own words. */
  merchantLocale: string | undefined;
  /** The meaning of the amounts: still to pay, paid, or over. */
  money: "due" | "paid" | "past";
  action?: ReactNode;
};

export function Summary(props: SummaryProps) {
  const t = useTranslations("summary");
  const price = useTranslations("price");
  const { start: instant, timezone, locale, currency, priceMinor, amountMinor: dueMinor } = props;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  const isDeposit = dueMinor < priceMinor;
  return (
    <Card aria-labelledby="summary" className="space-y-4">
      <div className="flex items-start gap-4">
        <Portrait name={props.professional.name} photoUrl={props.professional.photoUrl} />
        <div className="min-w-0">
          <h2 id="summary" lang={props.merchantLocale} className="font-semibold text-lg">
            {props.service.name}
          </h2>
          <p className="text-muted">{t("with", { professional: props.professional.name, minutes: props.service.durationMinutes })}</p>
        </div>
      </div>
      <div className="rounded-xl bg-paper p-4">
        <p className="font-semibold">{sentenceCase(formatDay({ instant, locale, timezone }))}</p>
        <p>
          {formatTime({ instant, locale, timezone })}{" "}
          <span className="text-muted text-sm">({zoneName({ timezone, locale, at: instant })})</span>
        </p>
        {props.action}
      </div>
      {props.place && <Where place={props.place} isOnline={props.service.online} merchantLocale={props.merchantLocale} />}
      {props.money !== "past" && dueMinor === 0 && (
        <dl>
          {priceMinor > 0 ? (
            <Amount label={t("dueLater")} amount={money(priceMinor)} isStrong />
          ) : (
            <Amount label={t("total")} amount={price("free")} isStrong />
          )}
        </dl>
      )}
      {props.money !== "past" && dueMinor > 0 && (
        <dl className="space-y-1.5">
          {isDeposit && <Amount label={t("total")} amount={money(priceMinor)} isStrong={false} />}
          <Amount label={props.money === "paid" ? t("paid") : t("dueNow")} amount={money(dueMinor)} isStrong />
          {isDeposit && <Amount label={t("dueLater")} amount={money(priceMinor - dueMinor)} isStrong={false} />}
        </dl>
      )}
    </Card>
  );
}

function Amount({ label, amount, isStrong }: { label: string; amount: string; isStrong: boolean }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className={isStrong ? "font-semibold" : "text-muted"}>{label}</dt>
      <dd className={isStrong ? "font-semibold text-lg tabular-nums" : "tabular-nums"}>{amount}</dd>
    </div>
  );
}
