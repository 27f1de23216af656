import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "#ui/button.tsx";
import { blankIcon as BlankIcon, templateIcons, templateNames } from "./templates.ts";

/** Each begins a new service with what its trade usually needs. */
export function TemplateLinks() {
  const t = useTranslations("services");
  return (
    <ul aria-label={t("list.templates")} className="flex flex-wrap justify-center gap-3">
      {templateNames.map((name) => {
        const Icon = templateIcons[name];
        return (
          <li key={name}>
            <Link
              href={`/dashboard/services/new?template=${name}`}
              data-testid={`template-${name}`}
              className={buttonStyles({ look: "outline" })}
            >
              <Icon aria-hidden className="size-5 text-brand-ink" />
              {t(`templates.${name}.label`)}
            </Link>
          </li>
        );
      })}
      <li>
        <Link href="/dashboard/services/new" className={buttonStyles({ look: "outline" })}>
          <BlankIcon aria-hidden className="size-5 text-brand-ink" />
          {t("list.blank")}
        </Link>
      </li>
    </ul>
  );
}
