"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Checkbox } from "#ui/checkbox.tsx";
import type { DetailsValues } from "./details-values.ts";

type TermsProps = {
  link: string;
  /** A moment ago, for a booking that did not come about: the press that pays says so again. */
  hasAccepted: boolean;
  isCharged: boolean;
  form: UseFormReturn<DetailsValues>;
  problem: string | undefined;
};

export function Terms({ link, hasAccepted, isCharged, form, problem }: TermsProps) {
  const t = useTranslations("details");
  const words = { link: (children: ReactNode) => <TermsLink link={link}>{children}</TermsLink> };
  if (hasAccepted) return <p data-testid="terms-again">{t.rich(isCharged ? "termsAgain" : "termsAgainFree", words)}</p>;
  return (
    <Checkbox problem={problem} {...form.register("acceptedTerms")}>
      {t.rich("terms", words)}
    </Checkbox>
  );
}

function TermsLink({ link, children }: { link: string; children: ReactNode }) {
  const t = useTranslations("details");
  return (
    <a
      href={`/terms/${encodeURIComponent(link)}`}
      target="_blank"
      rel="noopener"
      className="font-medium text-brand-ink underline underline-offset-4"
    >
      {children}
      <span className="sr-only"> {t("newTab")}</span>
    </a>
  );
}
