"use client";

import { useMessages, useTranslations } from "next-intl";
import type { FailedFollowUps } from "#contracts/desk/follow-ups.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";
import { BookingLink } from "./booking-link.tsx";

type FailuresProps = { failed: FailedFollowUps; mayRun: boolean; timezone: string; locale: string };
const all = api["follow-ups"];

/** Mails, rooms and callbacks that did not go out, why, and a press to try them again. */
export function Failures({ failed: { followUps, total }, mayRun, timezone, locale }: FailuresProps) {
  const t = useTranslations("money.failures");
  const jobs: Record<string, string> = useMessages().booking.deliveries.job;
  const toast = useToast();
  const saving = useSaving();
  const said = ({ started }: { started: number }) => toast(t("started", { count: started }));
  const runOne = (id: string) => void saving.save(() => answerOf(all[":id"].run.$post({ param: { id } })), said);
  const runAll = () => void saving.save(() => answerOf(all.failed.run.$post()), said);
  return (
    <Card aria-labelledby="failures" data-testid="failures" className="mb-8 space-y-3 sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="failures" className="font-semibold text-lg">
          {t("title")}
        </h2>
        {mayRun && total > 1 && (
          <Button look="outline" disabled={saving.isSaving} onClick={runAll} data-testid="run-all">
            {t("runAll", { count: total })}
          </Button>
        )}
      </div>
      <Problem text={saving.problem} />
      {total === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="divide-y divide-line">
        {followUps.map(({ id, job, lastError, attempts, failedAt, checkoutId, checkoutKind }) => (
          <li key={id} data-testid="failure" data-job={job} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <div className="min-w-0">
              <p className="font-medium">{jobs[job] ?? job}</p>
              {lastError && <p className="break-words text-sm text-warn">{lastError}</p>}
              <p className="flex flex-wrap items-center gap-x-4 text-muted text-sm">
                {t("tried", { count: attempts, date: formatShort({ instant: failedAt, locale, timezone }) })}
                {checkoutId && <BookingLink id={checkoutId} kind={checkoutKind} />}
              </p>
            </div>
            {mayRun && (
              <Button look="outline" disabled={saving.isSaving} onClick={() => runOne(id)} data-testid="run">
                {t("run")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
