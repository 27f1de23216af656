import { useFormatter, useTranslations } from "next-intl";
import type { Metrics } from "#contracts/metrics/metrics.ts";
import { Card } from "#ui/card.tsx";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { formatDuration } from "./numbers.ts";

type WebhooksProps = Pick<Metrics, "webhooks" | "oauthFailures"> & { locale: string };

const cell = "px-2 py-2 text-right tabular-nums sm:px-3";

/** How fast an approved payment becomes known here, and a booking. */
export function Webhooks({ webhooks, oauthFailures, locale }: WebhooksProps) {
  const t = useTranslations("metrics.webhooks");
  const format = useFormatter();
  const providerName = useProviderName();
  const pair = (p50: number | null, p95: number | null) =>
    p50 === null || p95 === null ? t("unknown") : t("pair", { p50: formatDuration(p50, locale), p95: formatDuration(p95, locale) });
  return (
    <Card aria-labelledby="webhooks" data-testid="webhooks" className="space-y-4 sm:p-6 print:break-inside-avoid">
      <h2 id="webhooks" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {webhooks.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <table className="w-full text-left text-sm">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="border-line border-b text-muted">
            <tr>
              <th scope="col" className="py-2 pr-2 font-medium">
                {t("provider")}
              </th>
              <th scope="col" className={`${cell} font-medium`}>
                {t("settled")}
              </th>
              <th scope="col" className={`${cell} font-medium`}>
                {t("arriving")}
              </th>
              <th scope="col" className={`${cell} font-medium`}>
                {t("settling")}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {webhooks.map((one) => (
              <tr key={one.provider} data-provider={one.provider}>
                <th scope="row" className="py-2 pr-2 font-normal">
                  {providerName(one.provider)}
                </th>
                <td className={cell}>{format.number(one.settled)}</td>
                <td className={cell}>{pair(one.arrivalP50Ms, one.arrivalP95Ms)}</td>
                <td className={cell}>{pair(one.p50Ms, one.p95Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {oauthFailures > 0 && (
        <p className="font-medium text-warn" data-testid="oauth-failures">
          {t("oauthFailures", { count: oauthFailures })}
        </p>
      )}
      <p className="max-w-3xl text-muted text-sm">{t("note")}</p>
    </Card>
  );
}
