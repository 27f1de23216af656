"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ChangeEvent, type FormEvent, type ReactNode, useState } from "react";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { classNames } from "#ui/class-names.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { csvText } from "#ui/dashboard/csv-text.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

/** Parts of the catalogue that have the same words, told with what is imported there. */
type ImportArea = "bookings.import" | "customers.csv" | "links.csv" | "shopDesk.csv";

type CsvImportProps<Answer> = {
  area: ImportArea;
  lengthMax: number;
  /** The list in which the rows are seen afterwards. */
  backTo: string;
  send(json: { csv: string; isTrial: boolean }): Promise<Answer>;
  /** `ready`: how many the trial would add; `added`: how many came in. */
  countsOf(answer: Answer): { problems: number; ready: number; added: number };
  preview(answer: Answer): ReactNode;
};

/** Looks first, adds then; what was chosen or typed stays until it is in. */
export function CsvImport<Answer>({ area, lengthMax, backTo, send, countsOf, preview }: CsvImportProps<Answer>) {
  const t = useTranslations(area);
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [csv, setCsv] = useState("");
  const [trial, setTrial] = useState<Answer | null>(null);
  const isTooLarge = csv.length > lengthMax;

  function change(text: string) {
    setCsv(text);
    setTrial(null);
    saving.clear();
  }

  async function readFile(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (file) change(await csvText(file, 4 * lengthMax));
  }

  function check(event: FormEvent) {
    event.preventDefault();
    if (csv.trim() !== "" && !isTooLarge)
      void saving.save(
        () => send({ csv, isTrial: true }),
        (answer) => setTrial(() => answer),
      );
  }
  function add() {
    void saving.save(
      () => send({ csv, isTrial: false }),
      (answer) => {
        const { problems, added } = countsOf(answer);
        if (problems > 0) return setTrial(() => answer);
        toast(t("added", { count: added }));
        router.push(backTo);
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
      {trial && <Trial area={area} counts={countsOf(trial)} preview={preview(trial)} saving={saving} onAdd={add} />}
    </div>
  );
}

type TrialProps = {
  area: ImportArea;
  counts: { problems: number; ready: number };
  preview: ReactNode;
  saving: { isSaving: boolean; problem: string | null };
  onAdd(): void;
};

function Trial({ area, counts: { problems, ready }, preview, saving, onAdd }: TrialProps) {
  const t = useTranslations(area);
  return (
    <Card className="space-y-5" aria-live="polite" data-testid="import-preview">
      {problems > 0 ? (
        <Alert tone="bad" title={t("problemsTitle", { count: problems })} />
      ) : (
        <Alert tone="good" title={t("readyTitle", { count: ready })} />
      )}
      {preview}
      <Problem text={saving.problem} />
      {problems === 0 && ready > 0 && (
        <Button onClick={onAdd} busyText={saving.isSaving ? t("add", { count: ready }) : undefined} data-testid="import">
          {t("add", { count: ready })}
        </Button>
      )}
    </Card>
  );
}
