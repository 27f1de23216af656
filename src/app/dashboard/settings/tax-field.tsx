"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "#ui/field.tsx";

type TaxFieldProps = { value: number | null; onChange: (percent: number | null) => void; problem: string | undefined };

/** The server refuses it, and says so at the field: null would be saved as "not said". */
const noNumber = -1;

/** A percent with a comma or a point. Empty: not said. */
export function TaxField({ value, onChange, problem }: TaxFieldProps) {
  const t = useTranslations("settings.general");
  const [text, setText] = useState(value === null ? "" : String(value));
  return (
    <Field
      name="taxPercent"
      label={t("taxPercent")}
      hint={t("taxPercentHint")}
      problem={problem}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      className="max-w-40"
      onChange={({ target }) => {
        setText(target.value);
        const typed = target.value.trim().replace(",", ".");
        onChange(typed === "" ? null : /^\d{1,2}(\.\d{1,2})?$/.test(typed) ? Number(typed) : noNumber);
      }}
    />
  );
}
