import { useTranslations } from "next-intl";
import { Checkbox } from "#ui/checkbox.tsx";
import { Switch } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { FormSection } from "../../services/form/section.tsx";
import type { FormParts } from "./draft.ts";

/** Tax, limits, and whether customers see it. */
export function SaleSection({ draft, set, problem }: FormParts) {
  const t = useTranslations("shopDesk.form");
  return (
    <FormSection id="sale" title={t("sale.title")}>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          name="taxPercent"
          inputMode="decimal"
          autoComplete="off"
          label={t("fields.taxPercent")}
          hint={t("sale.taxHint")}
          value={draft.taxPercent}
          onChange={(event) => set({ taxPercent: event.target.value })}
          problem={problem("taxPercent")}
        />
        <Field
          name="perOrderMax"
          inputMode="numeric"
          autoComplete="off"
          label={t("fields.perOrderMax")}
          hint={t("sale.perOrderHint")}
          value={draft.perOrderMax}
          onChange={(event) => set({ perOrderMax: event.target.value })}
          problem={problem("perOrderMax")}
        />
      </div>
      <Checkbox name="taxIncluded" checked={draft.taxIncluded} onChange={(event) => set({ taxIncluded: event.target.checked })}>
        {t("fields.taxIncluded")}
        <span className="block text-muted text-sm">{t(draft.taxIncluded ? "sale.included" : "sale.added")}</span>
      </Checkbox>
      <Checkbox name="isDigital" checked={draft.isDigital} onChange={(event) => set({ isDigital: event.target.checked })}>
        {t("fields.isDigital")}
        <span className="block text-muted text-sm">{t("sale.digitalHint")}</span>
      </Checkbox>
      <Switch
        id="isActive"
        label={t("fields.isActive")}
        hint={t(draft.isActive ? "sale.seen" : "sale.hidden")}
        isOn={draft.isActive}
        onChange={(isActive) => set({ isActive })}
      />
    </FormSection>
  );
}
