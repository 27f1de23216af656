"use client";

import { useTranslations } from "next-intl";
import { type OnSiteMethod, onSiteMethods, onSiteReferenceLengthMax } from "#contracts/desk/limits.ts";
import { Field } from "#ui/field.tsx";

type OnSiteFieldsProps = {
  method: OnSiteMethod;
  reference: string;
  onChange: (more: { method?: OnSiteMethod; reference?: string }) => void;
};

/** How the money was taken. Who took it is whoever is signed in. */
export function OnSiteFields({ method, reference, onChange }: OnSiteFieldsProps) {
  const t = useTranslations("byHand.onSite");
  return (
    <>
      <fieldset className="space-y-2">
        <legend className="mb-1.5 font-medium">{t("method")}</legend>
        <div className="flex flex-wrap gap-2">
          {onSiteMethods.map((one) => (
            <label
              key={one}
              className="flex min-h-11 cursor-pointer items-center gap-2 rounded-xl border border-edge px-4 py-2 has-[:checked]:border-brand has-[:checked]:bg-brand-soft"
            >
              <input
                type="radio"
                name="method"
                value={one}
                checked={method === one}
                onChange={() => onChange({ method: one })}
                className="size-5 shrink-0 accent-brand"
              />
              {t(one)}
            </label>
          ))}
        </div>
      </fieldset>
      <Field
        name="reference"
        label={t("reference")}
        hint={t("referenceHint")}
        maxLength={onSiteReferenceLengthMax}
        autoComplete="off"
        value={reference}
        onChange={({ target }) => onChange({ reference: target.value })}
      />
    </>
  );
}
