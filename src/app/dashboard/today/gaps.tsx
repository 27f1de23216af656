import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { BookingSight } from "#contracts/caller.ts";
import { loadCalendar } from "#queries/desk/calendar.ts";
import { gapsIn } from "#queries/desk/today.ts";
import { buttonStyles } from "#ui/button.tsx";
import { formatTime } from "#ui/format.ts";
import { Panel } from "./panel.tsx";

type GapsProps = { tenantId: string; sight: BookingSight; day: string; timezone: string; locale: string; now: number };
/** A reception of twenty looks at the calendar. */
const peopleMax = 8;

/** When somebody could still come today. */
export async function Gaps({ tenantId, sight, day, timezone, locale, now }: GapsProps) {
  const t = await getTranslations("today");
  const calendar = await loadCalendar({ tenantId, sight, from: day, to: day });
  const gaps = gapsIn(calendar, now);
  const time = (instant: string) => formatTime({ instant, locale, timezone });
  return (
    <Panel id="gaps" title={t("gaps")}>
      {gaps.length === 0 && <p className="text-muted">{t("noGaps")}</p>}
      <dl className="space-y-2">
        {gaps.slice(0, peopleMax).map(({ professional, spans }) => (
          <div key={professional.id}>
            <dt className="font-medium">{professional.name}</dt>
            <dd className="text-muted">{spans.map(({ start, end }) => t("gap", { from: time(start), to: time(end) })).join(" · ")}</dd>
          </div>
        ))}
      </dl>
      <Link href={`/dashboard/calendar?day=${day}`} prefetch={false} className={buttonStyles({ look: "quiet" })}>
        {t("calendar")}
      </Link>
    </Panel>
  );
}
