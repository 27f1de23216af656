"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Checkbox } from "#ui/checkbox.tsx";

type TermsCheckboxProps = { link: string; input: UseFormRegisterReturn<"acceptedTerms">; problem: string | undefined };

export function TermsCheckbox({ link, input, problem }: TermsCheckboxProps) {
  const t = useTranslations("details");
  return (
    <Checkbox problem={problem} {...input}>
      {t.rich("terms", {
        link: (words) => (
          <a
            href={`/terms/${encodeURIComponent(link)}`}
            target="_blank"
            rel="noopener"
            className="font-medium text-brand-ink underline underline-offset-4"
          >
            {words}
            <span className="sr-only"> {t("newTab")}</span>
          </a>
        ),
      })}
    </Checkbox>
  );
}
