import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field, FieldProblem } from "#ui/field.tsx";
import type { TermDraft } from "./draft.ts";
import { amountsOf } from "./price-section.tsx";
import { type FormParts, FormSection, Idle } from "./section.tsx";

const termsMax = 5;

export function TermsSection({ draft, set, problem, currency }: FormParts) {
  const t = useTranslations("services.form");
  const { terms } = draft;
  const change = (index: number, more: Partial<TermDraft>) =>
    set(
      "terms",
      terms.map((term, place) => (place === index ? { ...term, ...more } : term)),
    );
  return (
    <FormSection id="terms" title={t("terms.title")} lead={t("terms.lead")}>
      <Checkbox name="hasTerms" checked={draft.hasTerms} onChange={(event) => set("hasTerms", event.target.checked)}>
        {t("fields.hasTerms")}
      </Checkbox>
      {draft.hasTerms && amountsOf(draft, currency)?.dueMinor === 0 && <Idle>{t("terms.idle")}</Idle>}
      {draft.hasTerms && (
        <>
          <ul className="space-y-3">
            {terms.map((term, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: it is its numbers and its place
              <li key={index} className="grid grid-cols-[1fr_1fr_auto] items-end gap-3">
                <Field
                  name={`terms.${index}.hoursBefore`}
                  type="number"
                  min={0}
                  label={t("terms.hours")}
                  value={term.hoursBefore}
                  onChange={(event) => change(index, { hoursBefore: event.target.value })}
                />
                <Field
                  name={`terms.${index}.percentBack`}
                  type="number"
                  min={0}
                  max={100}
                  label={t("terms.percent")}
                  value={term.percentBack}
                  onChange={(event) => change(index, { percentBack: event.target.value })}
                />
                <Button
                  look="outline"
                  aria-label={t("terms.remove", { hours: term.hoursBefore })}
                  disabled={terms.length === 1}
                  onClick={() =>
                    set(
                      "terms",
                      terms.filter((_, place) => place !== index),
                    )
                  }
                >
                  <Trash2 aria-hidden className="size-4" />
                </Button>
              </li>
            ))}
          </ul>
          <p className="text-muted text-sm">{t("terms.after")}</p>
          <FieldProblem name="cancellation" problem={problem("cancellation")} />
          {terms.length < termsMax && (
            <Button look="outline" onClick={() => set("terms", [...terms, { hoursBefore: "", percentBack: "0" }])}>
              <Plus aria-hidden className="size-4" />
              {t("terms.add")}
            </Button>
          )}
          <Field
            name="fee"
            inputMode="decimal"
            autoComplete="off"
            label={t("fields.feeIn", { currency })}
            hint={t("terms.feeHint")}
            value={draft.fee}
            onChange={(event) => set("fee", event.target.value)}
            problem={problem("cancellation.feeMinor")}
          />
        </>
      )}
    </FormSection>
  );
}
