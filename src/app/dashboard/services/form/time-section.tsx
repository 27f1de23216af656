import { useTranslations } from "next-intl";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { type Draft, type LeadUnit, leadUnits } from "./draft.ts";
import { type FormParts, FormSection, Idle, Radios } from "./section.tsx";

type NumberKey = "durationMinutes" | "bufferBeforeMinutes" | "bufferAfterMinutes" | "stepMinutes" | "horizonDays" | "holdMinutes";
const isUnit = (word: string): word is LeadUnit => word in leadUnits;

export function TimeSection({ draft, set, problem, tenantHoldMinutes }: FormParts & { tenantHoldMinutes: number }) {
  const t = useTranslations("services.form");
  const number = (key: NumberKey, more: { hint?: string; min: number; max: number; placeholder?: string }) => {
    const { hint, ...input } = more;
    return (
      <Field
        name={key}
        type="number"
        inputMode="numeric"
        label={t(`fields.${key}`)}
        hint={hint}
        value={draft[key]}
        onChange={(event) => set(key, event.target.value)}
        problem={problem(key)}
        {...input}
      />
    );
  };
  const lead = (more: Partial<Draft["lead"]>) => set("lead", { ...draft.lead, ...more });
  return (
    <FormSection id="time" title={t("time.title")}>
      <div className="grid gap-5 sm:grid-cols-2">
        {number("durationMinutes", { min: 15, max: 480 })}
        {number("stepMinutes", { min: 5, max: 240, hint: t("time.stepHint") })}
        {number("bufferBeforeMinutes", { min: 0, max: 240, hint: t("time.bufferHint") })}
        {number("bufferAfterMinutes", { min: 0, max: 240 })}
        <div className="grid grid-cols-2 items-start gap-3">
          <Field
            name="leadMinutes"
            type="number"
            inputMode="numeric"
            min={0}
            label={t("fields.lead")}
            hint={t("time.leadHint")}
            value={draft.lead.value}
            onChange={(event) => lead({ value: event.target.value })}
            problem={problem("leadMinutes")}
          />
          <Select
            name="leadUnit"
            label={t("time.unit")}
            value={draft.lead.unit}
            onChange={(event) => isUnit(event.target.value) && lead({ unit: event.target.value })}
          >
            {Object.keys(leadUnits)
              .filter(isUnit)
              .map((unit) => (
                <option key={unit} value={unit}>
                  {t(`time.units.${unit}`)}
                </option>
              ))}
          </Select>
        </div>
        {number("horizonDays", { min: 1, max: 365, hint: t("time.horizonHint") })}
      </div>
      <Radios
        name="capacityPolicy"
        legend={t("fields.capacityPolicy")}
        chosen={draft.capacityPolicy}
        onChoose={(value) => set("capacityPolicy", value)}
        choices={(["hold", "first_payer_wins"] as const).map((value) => ({
          value,
          label: t(`time.policies.${value}`),
          hint: t(`time.policyHints.${value}`),
        }))}
      />
      {draft.capacityPolicy === "hold" ? (
        number("holdMinutes", {
          min: 5,
          max: 60,
          placeholder: String(tenantHoldMinutes),
          hint: t("time.holdHint", { minutes: tenantHoldMinutes }),
        })
      ) : (
        <Idle>{t("time.holdIdle")}</Idle>
      )}
    </FormSection>
  );
}
