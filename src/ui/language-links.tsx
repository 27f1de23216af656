"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { classNames } from "./class-names.ts";
import { localeNames, locales } from "./i18n/locales.ts";

/** Plain links work without scripts and keep the rest of the address. */
export function LanguageLinks() {
  const current = useLocale();
  const t = useTranslations("frame");
  const path = usePathname();
  const search = useSearchParams();
  return (
    <nav aria-label={t("language")}>
      <ul className="-mx-2 flex flex-wrap">
        {locales.map((locale) => (
          <li key={locale}>
            <a
              href={addressIn(locale, path, search)}
              lang={locale}
              hrefLang={locale}
              aria-current={locale === current ? "true" : undefined}
              className={classNames(
                "inline-flex min-h-11 items-center px-2 underline-offset-4 hover:underline",
                locale === current ? "font-semibold text-ink" : "text-muted",
              )}
            >
              {localeNames[locale]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function addressIn(locale: string, path: string, search: URLSearchParams): string {
  const next = new URLSearchParams(search);
  next.set("lang", locale);
  return `${path}?${next}`;
}
