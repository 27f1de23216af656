import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { aboutFeeOf as feeOf } from "#commands/connections/provider-fees.ts";
import { loadTodayTotals } from "#queries/ledger/month-totals.ts";
import { formatMoney } from "#ui/format.ts";
import { Panel, panelLink } from "./panel.tsx";

/** Today's money as the page of the days has it, without the fees. */
export async function Takings({ tenantId, timezone, locale }: { tenantId: string; timezone: string; locale: string }) {
  const t = await getTranslations("today");
  const totals = await loadTodayTotals({ tenantId, timezone, feeOf });
  return (
    <Panel id="takings" title={t("takings")}>
      {totals.length === 0 && <p className="text-muted">{t("noTakings")}</p>}
      <ul className="space-y-1">
        {totals.map(({ provider, currency, takenMinor, payments }) => (
          <li key={`${provider} ${currency}`} className="flex flex-wrap justify-between gap-x-4">
            <span className="text-muted">{t("payments", { count: payments })}</span>
            <strong className="tabular-nums">{formatMoney({ amountMinor: takenMinor, currency, locale })}</strong>
          </li>
        ))}
      </ul>
      <Link href="/dashboard/money/days" prefetch={false} className={panelLink}>
        {t("allDays")}
      </Link>
    </Panel>
  );
}
