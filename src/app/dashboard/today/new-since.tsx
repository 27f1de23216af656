import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { BookingSight } from "#contracts/caller.ts";
import { loadNewSince } from "#queries/desk/today.ts";
import { addDays, formatShort } from "#ui/format.ts";
import { Panel, panelLink } from "./panel.tsx";

type NewSinceProps = { tenantId: string; sight: BookingSight; day: string; timezone: string; locale: string };

/** What was booked and paid yesterday and today. */
export async function NewSince({ day, locale, ...wanted }: NewSinceProps) {
  const t = await getTranslations("today");
  const { newest, count } = await loadNewSince({ ...wanted, day: addDays(day, -1) });
  const { timezone } = wanted;
  return (
    <Panel id="since" title={t("since")}>
      <p className="text-muted">{count === 0 ? t("noneNew") : t("newCount", { count })}</p>
      <ul className="space-y-1">
        {newest.map(({ id, customer, service, startsAt }) => (
          <li key={id}>
            <Link href={`/dashboard/bookings/${id}`} prefetch={false} className={panelLink}>
              <bdi>{customer}</bdi>
            </Link>
            <span className="block text-muted text-sm">
              {service} · {formatShort({ instant: startsAt, locale, timezone })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
