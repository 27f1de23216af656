"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ChangeEvent, type FormEvent, useState } from "react";
import type { LinkImportAnswer } from "#contracts/links/links.ts";
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

/** As contracts/links.ts has it, which the browser need not load. */
const csvLengthMax = 30_000;

export function ImportForm() {
  const t = useTranslations("links.csv");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [csv, setCsv] = useState("");
  const [trial, setTrial] = useState<LinkImportAnswer | null>(null);
  const isTooLarge = csv.length > csvLengthMax;

  function change(text: string) {
    setCsv(text);
    setTrial(null);
    saving.clear();
  }

  async function readFile(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (file) change(await csvText(file, 4 * csvLengthMax));
  }

  const send = (isTrial: boolean) => answerOf(api["booking-links"].import.$post({ json: { csv, isTrial } }));
  function check(event: FormEvent) {
    event.preventDefault();
    if (csv.trim() !== "" && !isTooLarge) void saving.save(() => send(true), setTrial);
  }
  function make() {
    void saving.save(
      () => send(false),
      (answer) => {
        if (answer.created.length === 0) return setTrial(answer);
        toast(t("made", { count: answer.created.length }));
        router.push("/dashboard/links");
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
          {trial.problems.length > 0 ? (
            <Alert tone="bad" title={t("problemsTitle", { count: trial.problems.length })} />
          ) : (
            <Alert tone="good" title={t("readyTitle", { count: trial.rows.length })} />
          )}
          <ImportPreview answer={trial} />
          <Problem text={saving.problem} />
          {trial.problems.length === 0 && (
            <Button onClick={make} busyText={saving.isSaving ? t("make", { count: trial.rows.length }) : undefined} data-testid="import">
              {t("make", { count: trial.rows.length })}
            </Button>
          )}
        </Card>
      )}
    </div>
  );
}
