"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, type FormEvent, type ReactNode, useState } from "react";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { classNames } from "#ui/class-names.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { csvText } from "#ui/dashboard/csv-text.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

type CountWord = (count: number) => string;
type Words = Record<"columns" | "file" | "text" | "example" | "tooLarge" | "check", string> &
  Record<"problemsTitle" | "readyTitle" | "add" | "added", CountWord>;

type CsvImportProps<Answer> = {
  words: Words;
  lengthMax: number;
  /** The list in which the rows are seen afterwards. */
  backTo: string;
  send(json: { csv: string; isTrial: boolean }): Promise<Answer>;
  /** `ready`: how many the trial would add; `added`: how many came in. */
  countsOf(answer: Answer): { problems: number; ready: number; added: number };
  preview(answer: Answer): ReactNode;
};

/** Looks first, adds then; what was chosen or typed stays until it is in. */
export function CsvImport<Answer>({ words, lengthMax, backTo, send, countsOf, preview }: CsvImportProps<Answer>) {
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
        toast(words.added(added));
        router.push(backTo);
      },
    );
  }

  return (
    <div className="max-w-3xl space-y-6">
      <Card>
        <form noValidate onSubmit={check} className="space-y-5">
          <p className="text-muted">{words.columns}</p>
          {/* The browser's own button would speak the browser's language. */}
          <label
            className={classNames(buttonStyles({ look: "outline" }), "has-focus-visible:outline-3 has-focus-visible:outline-brand-ink")}
          >
            <input name="file" type="file" accept=".csv,text/csv,text/plain" onChange={readFile} className="sr-only" />
            {words.file}
          </label>
          <TextArea
            name="csv"
            label={words.text}
            rows={8}
            spellCheck={false}
            placeholder={words.example}
            value={csv}
            onChange={(event) => change(event.target.value)}
            problem={isTooLarge ? words.tooLarge : undefined}
            className="font-mono text-sm"
          />
          {!trial && <Problem text={saving.problem} />}
          <Button
            type="submit"
            look="outline"
            disabled={csv.trim() === "" || isTooLarge}
            busyText={saving.isSaving && !trial ? words.check : undefined}
          >
            {words.check}
          </Button>
        </form>
      </Card>
      {trial && <Trial words={words} counts={countsOf(trial)} preview={preview(trial)} saving={saving} onAdd={add} />}
    </div>
  );
}

type TrialProps = {
  words: Words;
  counts: { problems: number; ready: number };
  preview: ReactNode;
  saving: { isSaving: boolean; problem: string | null };
  onAdd(): void;
};

function Trial({ words, counts: { problems, ready }, preview, saving, onAdd }: TrialProps) {
  return (
    <Card className="space-y-5" aria-live="polite" data-testid="import-preview">
      {problems > 0 ? <Alert tone="bad" title={words.problemsTitle(problems)} /> : <Alert tone="good" title={words.readyTitle(ready)} />}
      {preview}
      <Problem text={saving.problem} />
      {problems === 0 && ready > 0 && (
        <Button onClick={onAdd} busyText={saving.isSaving ? words.add(ready) : undefined} data-testid="import">
          {words.add(ready)}
        </Button>
      )}
    </Card>
  );
}
