import Link from "next/link";
import { useMessages, useTranslations } from "next-intl";
import type { OpenFollowUps } from "#contracts/desk/follow-ups.ts";
import { Badge } from "#ui/badge.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { formatShort } from "#ui/format.ts";
import { BookingLink } from "./booking-link.tsx";

const views = ["failed", "open"] as const;
export type FollowUpView = (typeof views)[number];

/** What failed, or what is still under way. */
export function FollowUpViews({ current }: { current: FollowUpView }) {
  const t = useTranslations("money.followUpViews");
  return (
    <nav aria-label={t("label")} className="mb-4 flex flex-wrap gap-2">
      {views.map((view) => (
        <Link
          key={view}
          href={view === "failed" ? "/dashboard/money" : "/dashboard/money?followUps=open"}
          scroll={false}
          aria-current={view === current ? "page" : undefined}
          className={buttonStyles({ look: view === current ? "primary" : "outline" })}
        >
          {t(view)}
        </Link>
      ))}
    </nav>
  );
}

type UnderWayProps = { followUps: OpenFollowUps["followUps"]; timezone: string; locale: string };

/** Mails, rooms and callbacks that have not ended yet. They go on without anybody. */
export function UnderWay({ followUps, timezone, locale }: UnderWayProps) {
  const t = useTranslations("money.underWay");
  const states = useTranslations("booking.deliveries.state");
  const jobs: Record<string, string> = useMessages().booking.deliveries.job;
  const nameOf = (job: string) => jobs[job] ?? job;
  return (
    <Card aria-labelledby="under-way" data-testid="under-way" className="mb-8 space-y-3 sm:p-6">
      <h2 id="under-way" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {followUps.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="divide-y divide-line">
        {followUps.map(({ id, job, state, waitsFor, attempts, lastError, nextAt, checkoutId, checkoutKind }) => (
          <li key={id} data-job={job} data-state={state} className="space-y-1 py-3">
            <p className="flex flex-wrap items-center gap-x-3">
              <span className="font-medium">{nameOf(job)}</span>
              <Badge className={state === "pending" ? "bg-warn-soft text-warn" : undefined}>{states(state)}</Badge>
            </p>
            {lastError && <p className="break-words text-sm text-warn">{lastError}</p>}
            <p className="flex flex-wrap items-center gap-x-4 text-muted text-sm">
              {nextAt
                ? t("next", { count: attempts, date: formatShort({ instant: nextAt, locale, timezone }) })
                : t("waitsFor", { job: nameOf(waitsFor ?? "") })}
              {checkoutId && <BookingLink id={checkoutId} kind={checkoutKind} />}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
