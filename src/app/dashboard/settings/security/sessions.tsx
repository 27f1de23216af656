"use client";

import { MonitorSmartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { Problem } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Section } from "./section.tsx";

type Shown = { id: string; isCurrent: boolean; browser: string | null; address: string | null; used: string };

export function Sessions({ sessions }: { sessions: readonly Shown[] }) {
  const t = useTranslations("account.security");
  const saving = useSaving();
  const toast = useToast();
  const end = (id: string) =>
    saving.save(
      () => answerOf(api.account.sessions[":id"].$delete({ param: { id } })),
      () => toast(t("sessionEnded")),
    );
  const endOthers = () =>
    saving.save(
      () => answerOf(api.account.sessions.$delete()),
      () => toast(t("sessionsEnded")),
    );
  return (
    <Section title={t("sessionsTitle")}>
      <ul className="divide-y divide-line">
        {sessions.map(({ id, isCurrent, browser, address, used }) => {
          const device = browser === null ? t("sessionUnknown") : deviceOf(browser);
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" />
              <div className="min-w-0 grow basis-40">
                <p className="break-words font-medium">{device}</p>
                <p className="text-muted text-sm">
                  {t("sessionUsed", { date: used })}
                  {address && ` · ${address}`}
                </p>
              </div>
              {isCurrent ? (
                <Badge>{t("sessionHere")}</Badge>
              ) : (
                <Button look="outline" onClick={() => end(id)} aria-label={`${t("sessionEnd")}: ${device}`}>
                  {t("sessionEnd")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <Problem text={saving.problem} />
      {sessions.length > 1 && (
        <Button look="outline" onClick={endOthers} busyText={saving.isSaving ? t("saving") : undefined}>
          {t("sessionsEnd")}
        </Button>
      )}
    </Section>
  );
}

const browsers = [
  ["Edge", /Edg\//],
  ["Opera", /OPR\//],
  ["Firefox", /Firefox\//],
  ["Chrome", /Chrom(e|ium)\//],
  ["Safari", /Safari\//],
] as const;
const systems = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X/],
  ["Linux", /Linux/],
] as const;

/** `Chrome · Windows`: what a person calls their device. */
function deviceOf(browser: string): string {
  const names = [browsers, systems].map((list) => list.find(([, sign]) => sign.test(browser))?.[0]);
  return names.filter((name) => name !== undefined).join(" · ") || browser.slice(0, 60);
}
