import { isLocale } from "#ui/i18n/locales.ts";
import type { Service } from "./choice.ts";

/** In the visitor's language if the merchant has written that, else in the merchant's. */
export function serviceWords(
  { name, description, translations }: Service,
  { locale, merchantLocale }: { locale: string; merchantLocale: string },
): { name: string; description: string; language: string } {
  const translated = isLocale(locale) && locale !== merchantLocale ? translations[locale] : undefined;
  return translated ? { ...translated, language: locale } : { name, description, language: merchantLocale };
}
