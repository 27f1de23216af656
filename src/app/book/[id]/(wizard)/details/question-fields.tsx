"use client";

import { LockKeyhole } from "lucide-react";
import { useTranslations } from "next-intl";
import type { UseFormRegister } from "react-hook-form";
import { answerLengthMax, type Question } from "#contracts/answers.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { FieldProblem } from "#ui/field.tsx";
import type { DetailsValues } from "./details-values.ts";

type QuestionFieldsProps = {
  questions: readonly Question[];
  register: UseFormRegister<DetailsValues>;
  /** Of the question with this id. */
  problemOf: (id: string) => string | undefined;
  /** The language of the merchant's own words. */
  merchantLocale: string;
};

/** What the merchant asks. The questions are in the merchant's words. */
export function QuestionFields({ questions, register, problemOf, merchantLocale }: QuestionFieldsProps) {
  const t = useTranslations("details.questions");
  return questions.map((question) => {
    const { id, kind, label, options, isRequired, isPersonal } = question;
    const input = register(`answers.${id}`);
    const problem = problemOf(id);
    const words = (
      <>
        <span lang={merchantLocale}>{label}</span>
        {!isRequired && <span className="font-normal text-muted"> {t("optional")}</span>}
      </>
    );
    const hint = isPersonal ? (
      <span className="flex gap-1.5">
        <LockKeyhole aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t("personal")}
      </span>
    ) : undefined;
    if (kind === "text")
      return <TextArea key={id} rows={3} maxLength={answerLengthMax} label={words} hint={hint} problem={problem} {...input} />;
    const choices = kind === "choice" ? options.map((option) => ({ value: option, text: option })) : yesNo(t);
    return (
      <fieldset key={id} aria-describedby={problem ? `${input.name}-problem` : undefined}>
        <legend className="mb-1.5 font-medium">{words}</legend>
        <div className="flex flex-wrap gap-x-6">
          {choices.map(({ value, text }) => (
            <label key={value} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                value={value}
                aria-invalid={problem ? true : undefined}
                className="size-5 accent-(--brand-ink)"
                {...input}
              />
              <span lang={kind === "choice" ? merchantLocale : undefined}>{text}</span>
            </label>
          ))}
        </div>
        {hint && <p className="text-muted text-sm">{hint}</p>}
        <FieldProblem name={input.name} problem={problem} />
      </fieldset>
    );
  });
}

const yesNo = (t: (key: "yes" | "no") => string) => (["yes", "no"] as const).map((value) => ({ value, text: t(value) }));
