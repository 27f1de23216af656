import { isLocale, type Locale } from "#ui/i18n/locales.ts";

type Translated<Words> = Partial<Record<Locale, Words>>;
type Reader = { locale: string; merchantLocale: string };

/** In the visitor's language if the merchant has written that, else in the merchant's. */
export function wordsIn<Words extends object>(
  own: Words,
  translations: Translated<NoInfer<Words>>,
  { locale, merchantLocale }: Reader,
): Words & { language: string } {
  const translated = isLocale(locale) && locale !== merchantLocale ? translations[locale] : undefined;
  return translated ? { ...translated, language: locale } : { ...own, language: merchantLocale };
}
