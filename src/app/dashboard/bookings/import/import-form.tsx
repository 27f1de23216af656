"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ChangeEvent, type FormEvent, useState } from "react";
import { bookingsCsvLengthMax } from "#contracts/desk/booking-limits.ts";
import type { BookingsImportAnswer } from "#contracts/desk/bookings-import.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { classNames } from "#ui/class-names.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { csvText } from "#ui/dashboard/csv-text.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { ImportPreview } from "./import-preview.tsx";

/** Looks first, imports then; what was chosen or typed stays until it is in. */
export function ImportForm({ locale }: { locale: string }) {
  const t = useTranslations("bookings.import");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [csv, setCsv] = useState("");
  const [trial, setTrial] = useState<BookingsImportAnswer | null>(null);
  const isTooLarge = csv.length > bookingsCsvLengthMax;

  function change(text: string) {
    setCsv(text);
    setTrial(null);
    saving.clear();
  }

  async function readFile(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (file) change(await csvText(file, 4 * bookingsCsvLengthMax));
  }

  const send = (isTrial: boolean) => answerOf(api.bookings.import.$post({ json: { csv, isTrial } }));
  function check(event: FormEvent) {
    event.preventDefault();
    if (csv.trim() !== "" && !isTooLarge) void saving.save(() => send(true), setTrial);
  }
  function add() {
    void saving.save(
      () => send(false),
      (answer) => {
        if (answer.problemsCount > 0) return setTrial(answer);
        toast(t("added", { count: answer.created }));
        router.push("/dashboard/bookings");
      },
    );
  }

  return (
    <div className="max-w-3xl space-y-6">
      <Card>
        <form noValidate onSubmit={check} className="space-y-5">
          <p className="text-muted">{t("columns")}</p>
          {/* The browser's own button would speak the browser's language. */}
          <label
            className={classNames(buttonStyles({ look: "outline" }), "has-focus-visible:outline-3 has-focus-visible:outline-brand-ink")}
          >
            <input name="file" type="file" accept=".csv,text/csv,text/plain" onChange={readFile} className="sr-only" />
            {t("file")}
          </label>
          <TextArea
            name="csv"
            label={t("text")}
            rows={8}
            spellCheck={false}
            placeholder={t("example")}
            value={csv}
            onChange={(event) => change(event.target.value)}
            problem={isTooLarge ? t("tooLarge") : undefined}
            className="font-mono text-sm"
          />
          {!trial && <Problem text={saving.problem} />}
          <Button
            type="submit"
            look="outline"
            disabled={csv.trim() === "" || isTooLarge}
            busyText={saving.isSaving && !trial ? t("check") : undefined}
          >
            {t("check")}
          </Button>
        </form>
      </Card>
      {trial && (
        <Card className="space-y-5" aria-live="polite" data-testid="import-preview">
          {trial.problemsCount > 0 ? (
            <Alert tone="bad" title={t("problemsTitle", { count: trial.problemsCount })} />
          ) : (
            <Alert tone="good" title={t("readyTitle", { count: trial.counts.new })} />
          )}
          <ImportPreview answer={trial} locale={locale} />
          <Problem text={saving.problem} />
          {trial.problemsCount === 0 && trial.counts.new > 0 && (
            <Button onClick={add} busyText={saving.isSaving ? t("add", { count: trial.counts.new }) : undefined} data-testid="import">
              {t("add", { count: trial.counts.new })}
            </Button>
          )}
        </Card>
      )}
    </div>
  );
}
