"use client";

import { CalendarOff, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { OpeningExceptionAnswer, OpeningExceptions } from "#contracts/openings.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { ExceptionForm } from "./exception-form.tsx";
import { ExceptionItem } from "./exception-item.tsx";

type SectionProps = { id: string; openings: OpeningExceptions; locale: string };

export function ExceptionsSection({ id, openings, locale }: SectionProps) {
  const t = useTranslations("professionals.exceptions");
  const toast = useToast();
  const saving = useSaving();
  const [shown, setShown] = useState(openings.exceptions);
  const [isAdding, setIsAdding] = useState(false);
  useEffect(() => setShown(openings.exceptions), [openings]);

  function remove(gone: OpeningExceptionAnswer): void {
    const { kind, from, to, startsAt, endsAt, note } = gone;
    const again = () =>
      answerOf(
        api.professionals[":id"].exceptions.$post({ param: { id }, json: { id: gone.id, kind, from, to, startsAt, endsAt, note } }),
      ).then(({ exceptions }) => setShown(exceptions));
    void saving.save(
      () => answerOf(api.professionals[":id"].exceptions[":exception"].$delete({ param: { id, exception: gone.id } })),
      () => {
        setShown((all) => all.filter((each) => each.id !== gone.id));
        toast(t("removed"), () => saving.save(again));
      },
    );
  }

  return (
    <Card data-testid="exceptions">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="font-semibold text-lg">{t("title")}</h2>
          <p className="text-muted">{t("lead")}</p>
        </div>
        {!isAdding && (
          <Button look="outline" onClick={() => setIsAdding(true)} data-testid="add-exception">
            <Plus aria-hidden className="size-4" />
            {t("add")}
          </Button>
        )}
      </div>
      <div className="mt-4 space-y-4">
        {isAdding && (
          <ExceptionForm
            professionalId={id}
            onClose={() => setIsAdding(false)}
            onAdded={({ exceptions }) => {
              setShown(exceptions);
              setIsAdding(false);
              toast(t("added"));
            }}
          />
        )}
        <Problem text={saving.problem} />
        {shown.length === 0 && !isAdding && (
          <p className="flex items-center gap-2 text-muted">
            <CalendarOff aria-hidden className="size-5" />
            {t("empty")}
          </p>
        )}
        {shown.length > 0 && (
          <ul className="divide-y divide-line">
            {shown.map((each) => (
              <ExceptionItem key={each.id} exception={each} timezone={openings.timezone} locale={locale} onRemove={() => remove(each)} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
