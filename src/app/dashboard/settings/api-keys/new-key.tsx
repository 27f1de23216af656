"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Permission } from "#contracts/caller.ts";
import { Alert } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field, FieldProblem } from "#ui/field.tsx";
import { usePermissionWords } from "./use-permission-words.ts";

/** Makes a key and shows it once. The window closes by its own button, so that none is lost. */
export function NewKey({ offered }: { offered: readonly Permission[] }) {
  const t = useTranslations("keys");
  const [isOpen, setIsOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const close = () => {
    setIsOpen(false);
    setMade(null);
  };
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Plus aria-hidden className="size-5" />
        {t("create")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => made === null && close()}
        title={t(made === null ? "create" : "made.title")}
        text={made !== null && t("made.text")}
      >
        {made === null ? <KeyForm offered={offered} onMade={setMade} /> : <MadeKey value={made} onDone={close} />}
      </Dialog>
    </>
  );
}

function MadeKey({ value, onDone }: { value: string; onDone: () => void }) {
  const t = useTranslations("keys");
  return (
    <Alert tone="good">
      <code data-testid="new-key" className="block break-all rounded-lg border border-line bg-card p-3 text-ink">
        {value}
      </code>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={value} />
        <Button onClick={onDone}>{t("made.done")}</Button>
      </div>
    </Alert>
  );
}

function KeyForm({ offered, onMade }: { offered: readonly Permission[]; onMade: (key: string | null) => void }) {
  const t = useTranslations("keys");
  const errors = useTranslations("errors");
  const { areaOf, areaWords, verbWords } = usePermissionWords();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Permission[]>([]);
  const saving = useSaving();
  const make = () => answerOf(api["api-keys"].$post({ json: { name, permissions: [...chosen] } }));
  const areas = [...new Set(offered.map(areaOf))];
  return (
    <form
      noValidate
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(make, ({ key }) => onMade(key));
      }}
    >
      <Field
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        maxLength={100}
        value={name}
        onChange={({ target }) => setName(target.value)}
        problem={saving.wrong.includes("name") ? errors("invalid_request") : undefined}
      />
      <fieldset>
        <legend className="font-medium">{t("permissions")}</legend>
        {areas.map((area) => (
          <div key={area} className="flex flex-wrap items-center gap-x-6 border-line border-b">
            <span className="grow basis-full pt-2 sm:basis-40 sm:pt-0">{areaWords(area)}</span>
            {offered
              .filter((permission) => areaOf(permission) === area)
              .map((permission) => (
                <Checkbox
                  key={permission}
                  name={permission}
                  checked={chosen.includes(permission)}
                  onChange={({ target }) =>
                    setChosen(target.checked ? [...chosen, permission] : chosen.filter((each) => each !== permission))
                  }
                >
                  <span className="sr-only">{areaWords(area)}: </span>
                  {verbWords(permission)}
                </Checkbox>
              ))}
          </div>
        ))}
        <FieldProblem
          name="permissions"
          problem={saving.wrong.some((path) => path.startsWith("permissions")) ? t("noPermission") : undefined}
        />
      </fieldset>
      <SaveBar saving={saving} label={t("create")} />
    </form>
  );
}
