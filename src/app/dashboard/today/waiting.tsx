import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { loadWaitingCounts } from "#queries/desk/waiting-counts.ts";
import { formatShort } from "#ui/format.ts";
import { Panel, panelLink } from "./panel.tsx";

/** What only a person can end. Each line leads to the page that says how. */
export async function Waiting({ tenantId, timezone, locale }: { tenantId: string; timezone: string; locale: string }) {
  const t = await getTranslations("today");
  const { refunds, followUps, neither, others } = await loadWaitingCounts(tenantId);
  const lines = [
    refunds.count > 0 && t("waitsRefunds", { count: refunds.count }),
    followUps > 0 && t("waitsFollowUps", { count: followUps }),
    neither > 0 && t("waitsNeither", { count: neither }),
    others > 0 && t("waitsOther", { count: others }),
  ].filter((line) => line !== false);
  return (
    <Panel id="waits" title={t("waits")}>
      {lines.length === 0 && <p className="text-muted">{t("nothingWaits")}</p>}
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Link href="/dashboard/money" prefetch={false} className={panelLink}>
              {line}
            </Link>
          </li>
        ))}
      </ul>
      {refunds.late > 0 && <p className="font-medium text-bad">{t("waitsLate", { count: refunds.late })}</p>}
      {refunds.late === 0 && refunds.nextDueAt && (
        <p className="text-muted text-sm">{t("waitsDue", { date: formatShort({ instant: refunds.nextDueAt, locale, timezone }) })}</p>
      )}
    </Panel>
  );
}
