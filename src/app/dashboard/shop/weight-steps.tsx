import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { weightStepsMax } from "#contracts/shop-desk/limits.ts";
import { Button } from "#ui/button.tsx";
import { Field, FieldProblem } from "#ui/field.tsx";
import type { StepDraft } from "./delivery-draft.ts";

type StepsProps = { steps: readonly StepDraft[]; currency: string; problem: string | undefined; onChange: (steps: StepDraft[]) => void };

/** From light to heavy: up to each weight, its price. */
export function WeightSteps({ steps, currency, problem, onChange }: StepsProps) {
  const t = useTranslations("shopDesk.delivery");
  const added = useRef(0);
  const change = (index: number, more: Partial<StepDraft>) =>
    onChange(steps.map((step, place) => (place === index ? { ...step, ...more } : step)));
  function add() {
    added.current += 1;
    onChange([...steps, { key: `new-${added.current}`, kilos: "", price: "" }]);
  }
  return (
    <fieldset className="space-y-3">
      <legend className="font-medium">{t("steps")}</legend>
      <p className="text-muted text-sm">{t("stepsHint")}</p>
      {steps.map((step, index) => (
        <div key={step.key} className="grid grid-cols-[1fr_1fr_auto] items-end gap-3" data-testid="weight-step">
          <Field
            name={`steps.${index}.kilos`}
            label={t("upTo")}
            inputMode="decimal"
            autoComplete="off"
            value={step.kilos}
            onChange={({ target: { value } }) => change(index, { kilos: value })}
          />
          <Field
            name={`steps.${index}.price`}
            label={t("stepPrice", { currency })}
            inputMode="decimal"
            autoComplete="off"
            value={step.price}
            onChange={({ target: { value } }) => change(index, { price: value })}
          />
          <button
            type="button"
            aria-label={t("removeStep", { place: index + 1 })}
            aria-disabled={steps.length === 1 || undefined}
            onClick={() => steps.length > 1 && onChange(steps.toSpliced(index, 1))}
            className="mb-0.5 inline-flex size-11 items-center justify-center rounded-xl text-muted hover:text-ink aria-disabled:opacity-30"
          >
            <Trash2 aria-hidden className="size-5" />
          </button>
        </div>
      ))}
      <FieldProblem name="weightSteps" problem={problem} />
      {steps.length < weightStepsMax && (
        <Button look="quiet" onClick={add} data-testid="add-step">
          <Plus aria-hidden className="size-4" />
          {t("addStep")}
        </Button>
      )}
    </fieldset>
  );
}
