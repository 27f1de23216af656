"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Checkbox } from "#ui/checkbox.tsx";

export function TermsCheckbox({ input, problem }: { input: UseFormRegisterReturn<"acceptedTerms">; problem: string | undefined }) {
  const t = useTranslations("details");
  return (
    <Checkbox problem={problem} {...input}>
      {t.rich("terms", {
        link: (text) => (
          <a href="/terms" target="_blank" rel="noopener" className="font-medium text-brand-ink underline underline-offset-4">
            {text}
            <span className="sr-only"> {t("newTab")}</span>
          </a>
        ),
      })}
    </Checkbox>
  );
}
