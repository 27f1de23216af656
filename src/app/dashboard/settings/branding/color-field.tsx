"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ColorAdvice, colorAdvice } from "#ui/colors.ts";
import { Field } from "#ui/field.tsx";

type ColorFieldProps = {
  name: string;
  label: string;
  value: string;
  onChange: (color: string) => void;
  problem: string | undefined;
  /** Text stands on it, so it is said how well that reads. */
  isAdvised?: true;
};

const words = { good: "adviceGood", darkened: "adviceDarkened", hard: "adviceHard" } as const satisfies Record<
  ColorAdvice["advice"],
  string
>;

/** The system's own picker, and the code for those who have one. */
export function ColorField({ name, label, value, onChange, problem, isAdvised }: ColorFieldProps) {
  const t = useTranslations("settings.branding");
  const known = colorAdvice(value);
  const Icon = known?.advice === "hard" ? CircleAlert : CircleCheck;
  return (
    <div className="space-y-2">
      <div className="flex items-end gap-3">
        <input
          type="color"
          aria-label={label}
          data-testid={`${name}-picker`}
          // Only six digits are a value here; while somebody types fewer, the last one stands.
          value={/^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : "#000000"}
          onChange={(event) => onChange(event.target.value.toUpperCase())}
          className="h-12 w-16 shrink-0 cursor-pointer rounded-xl border border-edge bg-card p-1"
        />
        <div className="grow">
          <Field
            name={name}
            label={
              <>
                {label} <span className="sr-only">({t("hex")})</span>
              </>
            }
            value={value}
            onChange={(event) => onChange(event.target.value)}
            problem={problem}
            spellCheck={false}
            autoComplete="off"
            maxLength={7}
            className="max-w-40 font-mono"
          />
        </div>
      </div>
      {isAdvised && known && (
        <p role="status" data-testid="color-advice" data-advice={known.advice} className="flex gap-2 text-muted text-sm">
          <Icon aria-hidden className={known.advice === "hard" ? "mt-0.5 size-4 shrink-0 text-warn" : "mt-0.5 size-4 shrink-0 text-good"} />
          {t(words[known.advice], { text: t(known.text) })}
        </p>
      )}
    </div>
  );
}
