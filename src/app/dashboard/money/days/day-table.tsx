import Link from "next/link";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import type { Mode, MonthTotals } from "#contracts/ledger/ledger.ts";
import { formatDay, formatMoney, sentenceCase } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";

type Day = MonthTotals["days"][number];
type TableProps = { days: readonly Day[]; mode: Mode; locale: string };
type Sum = "payments" | "taken" | "refunded" | "reversed" | "disputeFees" | "net" | "fees" | "arrives";

/** What is rare has its column only where it happened. */
function columnsOf(days: readonly Day[]): Sum[] {
  const reversed: Sum[] = days.some(({ reversedMinor, restoredMinor }) => reversedMinor + restoredMinor > 0) ? ["reversed"] : [];
  const fees: Sum[] = days.some(({ disputeFeesMinor }) => disputeFeesMinor !== 0) ? ["disputeFees"] : [];
  return ["payments", "taken", "refunded", ...reversed, ...fees, "net", "fees", "arrives"];
}

/** A row for each day, provider and currency. A day leads to the lines that make its sums. */
export function DayTable({ days, mode, locale }: TableProps) {
  const t = useTranslations("ledger.days");
  const providerName = useProviderName();
  const columns = columnsOf(days);
  const valueIn = useValue(locale);
  return (
    <>
      <div className="hidden overflow-x-auto rounded-2xl border border-line bg-card lg:block">
        <table className="w-full text-left text-sm" data-testid="days">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="border-line border-b text-muted">
            <tr>
              <th scope="col" className="px-3 py-3 font-medium">
                {t("columns.day")}
              </th>
              <th scope="col" className="px-3 py-3 font-medium">
                {t("columns.provider")}
              </th>
              {columns.map((name) => (
                <th key={name} scope="col" className="px-3 py-3 text-right font-medium">
                  {t(`columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {days.map((sums) => (
              <tr key={keyOf(sums)} data-row={keyOf(sums)}>
                <th scope="row" className="px-3 py-1 font-normal">
                  <DayLink sums={sums} mode={mode} locale={locale} />
                </th>
                <td className="px-3 py-1">
                  {providerName(sums.provider)} · {sums.currency}
                </td>
                {columns.map((name) => (
                  <td key={name} className="whitespace-nowrap px-3 py-1 text-right tabular-nums">
                    {valueIn(sums, name)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="space-y-3 lg:hidden" data-testid="day-cards">
        {days.map((sums) => (
          <li key={keyOf(sums)} data-row={keyOf(sums)} className="rounded-2xl border border-line bg-card p-4 text-sm">
            <DayLink sums={sums} mode={mode} locale={locale} />
            <p className="text-muted">
              {providerName(sums.provider)} · {sums.currency}
            </p>
            <dl className="mt-2 space-y-1">
              {columns.map((name) => (
                <div key={name} className="flex flex-wrap justify-between gap-x-3">
                  <dt className="text-muted">{t(`columns.${name}`)}</dt>
                  <dd className="tabular-nums">{valueIn(sums, name)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  );
}

const keyOf = ({ day, provider, currency }: Day): string => `${day} ${provider} ${currency}`;

function DayLink({ sums: { day, provider, currency }, mode, locale }: { sums: Day; mode: Mode; locale: string }) {
  return (
    <Link
      href={withQuery(`/dashboard/money/days/${day}`, { mode, provider, currency })}
      prefetch={false}
      className="inline-flex min-h-11 items-center font-semibold underline-offset-4 hover:underline"
    >
      {sentenceCase(formatDay({ instant: `${day}T12:00:00Z`, locale, timezone: "UTC" }))}
    </Link>
  );
}

/** What is computed says "about"; what nobody knows says so. */
function useValue(locale: string): (sums: Day, name: Sum) => string {
  const t = useTranslations("ledger.days");
  return (sums, name) => {
    const money = (amountMinor: number) => formatMoney({ amountMinor, currency: sums.currency, locale });
    const isTold = sums.feesTold === sums.payments;
    const about = (amountMinor: number | null) => {
      if (amountMinor === null) return t("unknown");
      return isTold ? money(amountMinor) : t("about", { amount: money(amountMinor) });
    };
    switch (name) {
      case "payments":
        return String(sums.payments);
      case "taken":
        return money(sums.takenMinor);
      case "refunded":
        return money(0 - sums.refundedMinor);
      case "reversed":
        return money(sums.restoredMinor - sums.reversedMinor);
      case "disputeFees":
        return money(0 - sums.disputeFeesMinor);
      case "net":
        return money(sums.netMinor);
      case "fees":
        return about(sums.feesMinor === null ? null : 0 - sums.feesMinor);
      case "arrives":
        return about(sums.arrivesMinor);
      default:
        return name satisfies never;
    }
  };
}
