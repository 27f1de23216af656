"use client";

import { LockKeyhole } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Panel } from "./panel.tsx";

type Answer = { question: string; kind: string; answer: string | null };

/** Personal answers stay closed until somebody asks for them, which is noted. */
export function Answers({ booking }: { booking: DeskBooking }) {
  const t = useTranslations("booking.answers");
  const saving = useSaving();
  const [opened, setOpened] = useState<Answer[] | null>(null);
  const answers: Answer[] = opened ?? booking.answers;
  const isClosed = answers.some(({ answer }) => answer === null);
  const open = () => answerOf(api.bookings[":id"].answers.$get({ param: { id: booking.id } }));
  return (
    <Panel id="answers" title={t("title")}>
      <dl className="space-y-3">
        {answers.map(({ question, kind, answer }) => (
          <div key={question}>
            <dt className="text-muted text-sm">{question}</dt>
            <dd className="whitespace-pre-wrap break-words">
              {answer === null ? (
                <span className="inline-flex items-center gap-1.5 text-muted">
                  <LockKeyhole aria-hidden className="size-4" />
                  {t("personal")}
                </span>
              ) : kind === "yes_no" ? (
                t(answer === "yes" ? "yes" : "no")
              ) : (
                answer
              )}
            </dd>
          </div>
        ))}
      </dl>
      {isClosed && (
        <div>
          <Button
            look="outline"
            disabled={saving.isSaving}
            onClick={() => void saving.save(open, (read) => setOpened(read.answers))}
            data-testid="show-answers"
          >
            {t("show")}
          </Button>
          <p className="mt-1.5 text-muted text-sm">{t("showHint")}</p>
        </div>
      )}
      <Problem text={saving.problem} />
    </Panel>
  );
}
