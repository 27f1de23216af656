import { useFormatter, useTranslations } from "next-intl";
import type { Metrics } from "#contracts/metrics/metrics.ts";
import { visitDaysKept } from "#contracts/metrics/steps.ts";
import { Card } from "#ui/card.tsx";
import { formatDuration, usePercent } from "./numbers.ts";

type FunnelProps = { funnel: Metrics["funnel"]; locale: string };

/** The picture has a bar and the number for each step, the table what became of the others. */
export function Funnel({ funnel, locale }: FunnelProps) {
  const t = useTranslations("metrics");
  const format = useFormatter();
  const percent = usePercent();
  const confirmed = funnel.at(-1)?.ofAll ?? null;
  return (
    <Card aria-labelledby="funnel" data-testid="funnel" className="space-y-6 sm:p-6 print:break-inside-avoid">
      <div>
        <h2 id="funnel" className="font-semibold text-lg">
          {t("funnel.title")}
        </h2>
        {confirmed !== null && <p className="text-muted">{t("funnel.summary", { percent: percent(confirmed) })}</p>}
      </div>
      <ol className="space-y-3" aria-label={t("funnel.picture")}>
        {funnel.map(({ step, visits, ofAll }) => (
          <li key={step} data-testid="step" data-step={step}>
            <p className="flex items-baseline justify-between gap-4">
              <span>{t(`step.${step}`)}</span>
              <span className="whitespace-nowrap tabular-nums">
                <strong className="font-semibold" data-testid="visits">
                  {format.number(visits)}
                </strong>{" "}
                <span className="text-muted text-sm">{percent(ofAll)}</span>
              </span>
            </p>
            <svg aria-hidden width="100%" height="14" className="mt-1 block text-brand-ink">
              <rect width="100%" height="14" rx="4" className="fill-line" />
              <rect width={`${((ofAll ?? 0) * 100).toFixed(2)}%`} height="14" rx="4" fill="currentColor" />
            </svg>
          </li>
        ))}
      </ol>
      <FunnelTable funnel={funnel} locale={locale} />
      <p className="max-w-3xl text-muted text-sm">{t("funnel.note", { days: visitDaysKept })}</p>
    </Card>
  );
}

const cell = "px-2 py-2 text-right tabular-nums sm:px-3";
/** On a phone the picture alone has the numbers of visits. */
const onWide = "hidden sm:table-cell";

function FunnelTable({ funnel, locale }: FunnelProps) {
  const t = useTranslations("metrics.funnel");
  const words = useTranslations("metrics.step");
  const format = useFormatter();
  const percent = usePercent();
  return (
    <table className="w-full text-left text-sm" data-testid="funnel-table">
      <caption className="sr-only">{t("table")}</caption>
      <thead className="border-line border-b text-muted">
        <tr>
          <th scope="col" className="py-2 pr-2 font-medium">
            {t("columns.step")}
          </th>
          <th scope="col" className={`${cell} ${onWide} font-medium`}>
            {t("columns.visits")}
          </th>
          <th scope="col" className={`${cell} font-medium`}>
            {t("columns.ofPrevious")}
          </th>
          <th scope="col" className={`${cell} font-medium`}>
            {t("columns.lost")}
          </th>
          <th scope="col" className={`${cell} font-medium`}>
            {t("columns.median")}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {funnel.map(({ step, visits, ofPrevious, lost, medianSeconds }) => (
          <tr key={step}>
            <th scope="row" className="py-2 pr-2 font-normal">
              {words(step)}
            </th>
            <td className={`${cell} ${onWide}`}>{format.number(visits)}</td>
            <td className={cell}>{percent(ofPrevious)}</td>
            <td className={cell}>{step === "opened" ? "" : format.number(lost)}</td>
            <td className={`${cell} whitespace-nowrap`}>{medianSeconds === null ? "" : formatDuration(medianSeconds * 1000, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
