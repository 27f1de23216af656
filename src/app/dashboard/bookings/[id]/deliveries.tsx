"use client";

import { useMessages, useTranslations } from "next-intl";
import { useState } from "react";
import type { DeskFollowUp } from "#contracts/desk/booking.ts";
import { Problem } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { Panel } from "./panel.tsx";

/** Of a booking or an order. */
type Given = { of: "bookings" | "orders"; id: string; mayChange: boolean; timezone: string; locale: string };
const words = { bookings: "booking.deliveries", orders: "orders.deliveries" } as const;

/** Mails, room and callbacks. Few look at them and they hold much, so they load when asked for. */
export function Deliveries(given: Given) {
  const t = useTranslations("booking.deliveries");
  const own = useTranslations(words[given.of]);
  const one = given.of === "orders" ? api.orders[":id"] : api.bookings[":id"];
  const saving = useSaving();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const [followUps, setFollowUps] = useState<DeskFollowUp[] | null>(null);
  const param = { id: given.id };
  const load = () =>
    void saving.save(
      () => answerOf(one.deliveries.$get({ param })),
      (answer) => setFollowUps(answer.followUps),
    );
  const toggle = () => {
    setIsOpen(!isOpen);
    if (!isOpen) load();
  };
  const run = (followUp: string) =>
    void saving.save(
      () => answerOf(one.deliveries[":followUp"].run.$post({ param: { ...param, followUp } })),
      (answer) => {
        setFollowUps(answer.followUps);
        toast(t("started"));
      },
    );
  return (
    <Panel id="deliveries" title={own("title")} hint={own("hint")}>
      <Button look="outline" aria-expanded={isOpen} onClick={toggle} data-testid="show-deliveries">
        {t(isOpen ? "hide" : "show")}
      </Button>
      <Problem text={saving.problem} />
      {isOpen && !followUps && saving.isSaving && (
        <>
          <p className="sr-only">{t("loading")}</p>
          <Skeleton className="h-40" />
        </>
      )}
      {isOpen && followUps?.length === 0 && <p className="text-muted">{own("empty")}</p>}
      {isOpen && followUps && (
        <ul className="divide-y divide-line">
          {followUps.map((followUp) => (
            <FollowUp key={followUp.id} given={given} followUp={followUp} onRun={() => run(followUp.id)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const looks: Record<DeskFollowUp["state"], string> = {
  waiting: "bg-paper text-muted",
  pending: "bg-warn-soft text-warn",
  done: "bg-good-soft text-good",
  attention: "bg-bad-soft text-bad",
  skipped: "bg-paper text-muted",
};

function FollowUp({ given, followUp, onRun }: { given: Given; followUp: DeskFollowUp; onRun: () => void }) {
  const t = useTranslations("booking.deliveries");
  const jobs: Record<string, string> = useMessages().booking.deliveries.job;
  const { id, job, state, attempts, lastError, nextAt, doneAt, mayRunAgain, callback } = followUp;
  const [isMailOpen, setIsMailOpen] = useState(false);
  const name = jobs[job] ?? job;
  const moment = (instant: string) => formatShort({ instant, locale: given.locale, timezone: given.timezone });
  const isMail = job.startsWith("mail-");
  return (
    <li className="space-y-2 py-4" data-testid="follow-up" data-job={job}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="font-medium">{name}</span>
        <Badge className={looks[state]}>{t(`state.${state}`)}</Badge>
        <span className="text-muted text-sm">
          {t("attempts", { count: attempts })}
          {nextAt && ` · ${t("next", { date: moment(nextAt) })}`}
          {doneAt && ` · ${t("done", { date: moment(doneAt) })}`}
        </span>
        <span className="flex grow flex-wrap justify-end gap-2">
          {isMail && (
            <Button look="quiet" aria-expanded={isMailOpen} onClick={() => setIsMailOpen(!isMailOpen)}>
              {t(isMailOpen ? "hide" : "show")}
            </Button>
          )}
          {mayRunAgain && given.mayChange && (
            <Button look="outline" onClick={onRun}>
              {t(state === "done" ? "sendAgain" : "runAgain")}
            </Button>
          )}
        </span>
      </div>
      {lastError && state !== "done" && <p className="break-words text-sm text-warn">{lastError}</p>}
      {isMailOpen && (
        <div className="space-y-1.5">
          <p className="text-muted text-sm">{t("mailNote")}</p>
          <iframe
            src={`/api/${given.of}/${given.id}/mails/${id}`}
            title={t("mailFrame", { what: name })}
            sandbox=""
            className="h-96 w-full rounded-xl border border-line bg-white"
          />
        </div>
      )}
      {callback && <Callback callback={callback} moment={moment} />}
    </li>
  );
}

const code = "max-h-72 overflow-auto whitespace-pre-wrap break-all rounded-xl bg-paper p-3 font-mono text-xs";

type CallbackProps = { callback: NonNullable<DeskFollowUp["callback"]>; moment: (instant: string) => string };

function Callback({ callback: { body, attempts }, moment }: CallbackProps) {
  const t = useTranslations("booking.deliveries");
  return (
    <details className="text-sm">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-brand-ink underline underline-offset-4">
        {t("request")}
      </summary>
      {body ? <pre className={code}>{pretty(body)}</pre> : <p className="text-muted">{t("notSent")}</p>}
      <ul className="mt-2 space-y-2">
        {attempts.map((attempt) => (
          <li key={attempt.at} className="border-line border-l-2 pl-3">
            <p className="break-all">
              {moment(attempt.at)} · {t("took", { status: String(attempt.status ?? attempt.error), ms: String(attempt.durationMs) })} ·{" "}
              <span className="text-muted">{attempt.url}</span>
            </p>
            {attempt.answer && (
              <>
                <p className="text-muted">{t("answer")}</p>
                <pre className={code}>{attempt.answer}</pre>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** For reading alone: what is sent has no spaces. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
