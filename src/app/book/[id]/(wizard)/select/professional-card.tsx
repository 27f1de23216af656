import { useTranslations } from "next-intl";
import type { Professional } from "#app/book/choice.ts";
import { NextLink } from "#ui/next-link.tsx";
import { Portrait } from "#ui/portrait.tsx";
import { ChoiceMark, choiceCardStyles } from "./choice-mark.tsx";

type ProfessionalCardProps = { professional: Professional; isChosen: boolean; address: string; merchantLocale: string };

export function ProfessionalCard({ professional, isChosen, address, merchantLocale }: ProfessionalCardProps) {
  const t = useTranslations("select");
  return (
    <NextLink
      href={address}
      replace
      scroll={false}
      aria-current={isChosen ? "true" : undefined}
      data-testid="professional-card"
      data-id={professional.id}
      className={choiceCardStyles(isChosen)}
    >
      <span className="flex min-w-0 grow items-start gap-4 p-4 sm:p-5">
        <Portrait name={professional.name} photoUrl={professional.photoUrl} />
        <span className="min-w-0 grow">
          <strong lang={merchantLocale} className="block font-semibold leading-snug">
            {professional.name}
          </strong>
          <span lang={merchantLocale} className="mt-1 block text-muted text-sm">
            {professional.description}
          </span>
          {isChosen && <span className="sr-only">{t("chosen")}</span>}
        </span>
        <ChoiceMark isChosen={isChosen} />
      </span>
    </NextLink>
  );
}
