"use client";

import { useMessages, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { ConnectionTest, PaymentProviderAnswer } from "#contracts/merchant/connections.ts";
import { credentialProblems, type Mode } from "#contracts/merchant/credential-problems.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { TestResult } from "./test-result.tsx";
import { useFieldProblem } from "./use-field-problem.ts";
import { providerWords, typedProblems } from "./words.ts";

type FormProps = {
  provider: PaymentProviderAnswer;
  mode: Mode;
  /** What is stored, by field. A field that is left blank keeps it. */
  kept?: Readonly<Record<string, string | null>>;
  onSave: (values: Record<string, string>) => Promise<unknown>;
  onSaved: () => void;
  onCancel: () => void;
  /** Fields before the keys. */
  children?: ReactNode;
};

/** Drawn from the provider's own description: no provider has a form of its own. */
export function CredentialForm({ provider, mode, kept, onSave, onSaved, onCancel, children }: FormProps) {
  const t = useTranslations("payments");
  const ui = useTranslations("dashboard");
  const words = providerWords(useMessages().payments, provider.id);
  const problemText = useFieldProblem(mode);
  const [values, setValues] = useState<Record<string, string>>({});
  const [left, setLeft] = useState<readonly string[]>([]);
  const saving = useSaving();
  const { fields } = provider;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
  const problems = kept ? typedProblems({ fields, mode, values: given }) : credentialProblems({ fields, mode, values: given });
  const isShown = (name: string) => saving.wrong.includes(`credentials.${name}`) || (left.includes(name) && name in given);
  return (
    <form
      noValidate
      autoComplete="off"
      data-testid={`keys-${mode}`}
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(() => onSave(given), onSaved);
      }}
    >
      {kept && <p className="text-muted">{t("replaceHint")}</p>}
      {children}
      {fields.map((field) => {
        const problem = problems[field.name];
        const place = words.place(field.name);
        const hint = kept?.[field.name];
        return (
          <Field
            key={field.name}
            id={`${mode}-${field.name}`}
            name={`${mode}-${field.name}`}
            label={words.label(field.name)}
            type={field.isSecret ? "password" : "text"}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder={field.prefixes ? `${field.prefixes[mode]}…` : undefined}
            hint={[place, hint && t("key.kept", { hint })].filter(Boolean).join(" · ")}
            value={values[field.name] ?? ""}
            onChange={({ target }) => setValues({ ...values, [field.name]: target.value })}
            onBlur={() => setLeft([...left, field.name])}
            problem={problem && isShown(field.name) ? problemText(field, problem) : undefined}
            className="font-mono"
          />
        );
      })}
      {!kept && <TypedTest provider={provider.id} mode={mode} credentials={given} />}
      <div className="flex flex-wrap items-end gap-3">
        <SaveBar saving={saving} label={t("save")} />
        <Button look="outline" onClick={onCancel}>
          {ui("cancel")}
        </Button>
      </div>
    </form>
  );
}

/** Before they are stored, so that wrong keys never replace anything. */
function TypedTest({ provider, mode, credentials }: { provider: string; mode: Mode; credentials: Record<string, string> }) {
  const t = useTranslations("payments.test");
  const testing = useSaving();
  const [result, setResult] = useState<ConnectionTest | null>(null);
  const ask = () => answerOf(api.tenant.payments.test.$post({ json: { provider, mode, credentials } }));
  return (
    <div className="space-y-4">
      <Button look="outline" onClick={() => void testing.save(ask, setResult)} busyText={testing.isSaving ? t("running") : undefined}>
        {t("tryTyped")}
      </Button>
      <TestResult provider={provider} result={result} problem={testing.problem} />
    </div>
  );
}
