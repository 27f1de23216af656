"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegisterReturn } from "react-hook-form";
import { givenLengthMax } from "#contracts/contact.ts";
import { Field } from "#ui/field.tsx";
import type { DetailsFlowProps } from "./details-props.ts";
import type { DetailsValues } from "./details-values.ts";

type PersonFieldsProps = {
  inputs: Record<"name" | "email" | "phone", UseFormRegisterReturn>;
  phone: DetailsFlowProps["phone"];
  wordsFor: (name: Exclude<keyof DetailsValues, "answers">) => string | undefined;
};

export function PersonFields({ inputs, phone, wordsFor }: PersonFieldsProps) {
  const t = useTranslations("details");
  return (
    <>
      <Field label={t("name")} autoComplete="name" maxLength={givenLengthMax} problem={wordsFor("name")} {...inputs.name} />
      <Field
        label={t("email")}
        hint={t("emailHint")}
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={givenLengthMax}
        problem={wordsFor("email")}
        {...inputs.email}
      />
      <Field
        label={t("phone")}
        hint={phone ? t("phoneHint", { example: phone.example, code: phone.callingCode }) : undefined}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={givenLengthMax}
        problem={wordsFor("phone")}
        {...inputs.phone}
      />
    </>
  );
}
