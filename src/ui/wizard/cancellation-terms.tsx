import { useTranslations } from "next-intl";
import { type Cancellation, moneyBack } from "#domain/cancellation.ts";
import { usualStepMinor } from "#domain/money.ts";
import { Card } from "../card.tsx";
import { formatDay, formatMoney, formatTime, zoneName } from "../format.ts";

type CancellationTermsProps = {
  cancellation: Cancellation | null;
  /** What is paid now: only that can come back. */
  amountMinor: number;
  currency: string;
  start: string;
  now: number;
  timezone: string;
  locale: string;
};

/** What comes back by when, in money and in times. Shows nothing where nothing is paid or said. */
export function CancellationTerms({ cancellation, amountMinor, currency, start, now, timezone, locale }: CancellationTermsProps) {
  const t = useTranslations("cancellation");
  if (!cancellation || amountMinor === 0) return null;
  const paid = { amountMinor, start: new Date(start), now: new Date(now), stepMinor: usualStepMinor(currency) };
  const steps = moneyBack(cancellation, paid);
  const moment = (until: Date) => {
    const at = until.toISOString();
    return `${formatDay({ instant: at, locale, timezone })}, ${formatTime({ instant: at, locale, timezone })} (${zoneName({ timezone, locale, at })})`;
  };
  return (
    <Card aria-labelledby="cancellation" data-testid="cancellation" className="space-y-2 text-[0.9375rem]">
      <h2 id="cancellation" className="font-semibold">
        {t("title")}
      </h2>
      {steps.length === 0 ? (
        <p>{t("nothing")}</p>
      ) : (
        <ul className="list-disc space-y-1.5 pl-5">
          {steps.map(({ until, percentBack, backMinor }) => (
            <li key={until.getTime()}>
              {t("until", {
                until: moment(until),
                amount: formatMoney({ amountMinor: backMinor, currency, locale }),
                percent: percentBack,
              })}
            </li>
          ))}
          <li>{t("after")}</li>
        </ul>
      )}
      {steps.length > 0 && cancellation.feeMinor > 0 && (
        <p className="text-muted text-sm">{t("fee", { amount: formatMoney({ amountMinor: cancellation.feeMinor, currency, locale }) })}</p>
      )}
    </Card>
  );
}
